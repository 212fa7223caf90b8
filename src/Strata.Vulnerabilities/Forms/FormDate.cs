using System.Globalization;

namespace Strata.Vulnerabilities.Forms;

/// <summary>Dates as publishers write them; what is none is as good as missing, since the file has a date, too.</summary>
internal static class FormDate
{
    public static DateTimeOffset? Of(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
}
