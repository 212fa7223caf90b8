using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Rendering.Scans;

/// <summary>The words for what a finding has.</summary>
internal static class ScanText
{
    public static string Of(Severity severity) => severity.ToString().ToLowerInvariant();

    public static string Packages(Finding finding) =>
        finding.Packages.Count == 1 ? finding.Packages[0].Name : $"{finding.Packages[0].Name} (+{finding.Packages.Count - 1} of {finding.SourceName})";

    /// <summary>The version that fixes it, or what the vendor says where there is none.</summary>
    public static string Fix(Finding finding) => finding.FixedVersion ?? (finding.FixState is FixState.NotFixed or FixState.Fixed ? "" : $"({State(finding.FixState)})");

    public static string State(FixState state) => state switch
    {
        FixState.Fixed => "fixed",
        FixState.WontFix => "will not fix",
        FixState.Deferred => "deferred",
        FixState.EndOfLife => "end of life",
        _ => "not fixed",
    };
}
