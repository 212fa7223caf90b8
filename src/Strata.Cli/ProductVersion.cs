using System.Reflection;

namespace Strata.Cli;

internal static class ProductVersion
{
    /// <summary>Such as 0.1.0, without what the build adds behind a plus sign.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
