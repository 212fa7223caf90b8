using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>The states of a scan as the API writes them.</summary>
internal static class ScanWord
{
    public static string Of(ImageScanOutcome outcome) => outcome switch
    {
        ImageScanOutcome.DataUnreadable => "data_unreadable",
        ImageScanOutcome.NoData => "no_data",
        ImageScanOutcome.NoDataForDistribution => "no_data_for_distribution",
        ImageScanOutcome.NoPackages => "no_packages",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    public static string Of(Severity severity) => severity.ToString().ToLowerInvariant();

    public static string Of(FixState state) => state switch
    {
        FixState.NotFixed => "not_fixed",
        FixState.Fixed => "fixed",
        FixState.WontFix => "wont_fix",
        FixState.Deferred => "deferred",
        FixState.EndOfLife => "end_of_life",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <summary>Null where nothing was compared: no count is not a count of none.</summary>
    public static IReadOnlyDictionary<string, int>? Counts(ImageScan scan) =>
        scan is { Outcome: ImageScanOutcome.Scanned, Result: { } result } ? new OrderedDictionary<string, int>(result.Counts.Select(c => KeyValuePair.Create(Of(c.Key), c.Value))) : null;
}
