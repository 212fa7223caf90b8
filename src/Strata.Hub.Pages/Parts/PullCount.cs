using System.Globalization;

namespace Strata.Hub.Pages.Parts;

/// <summary>How often something was pulled, in words.</summary>
internal static class PullCount
{
    public static string Text(long pulls) => pulls == 1 ? "1 pull" : $"{pulls.ToString("N0", CultureInfo.InvariantCulture)} pulls";
}
