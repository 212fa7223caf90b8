using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Ranges;

/// <summary>Sets of versions as intervals, and how OSV writes them.</summary>
internal sealed class Intervals(VersionOrder order)
{
    /// <summary>What lies in both; null when nothing does.</summary>
    public Interval? Both(Interval left, Interval right)
    {
        var low = left.Low is null || right.Low is not null && CompareLow(left, right) < 0 ? right : left;
        var high = left.High is null || right.High is not null && CompareHigh(left, right) > 0 ? right : left;
        var both = new Interval(low.Low, low.IsLowIn, high.High, high.IsHighIn);
        if (both.Low is null || both.High is null) return both;
        var relation = Compare(both.Low, both.High);
        return relation < 0 || relation == 0 && both.IsLowIn && both.IsHighIn ? both : null;
    }

    /// <summary>What lies in none of them.</summary>
    public IReadOnlyList<Interval> Outside(IReadOnlyList<Interval> intervals)
    {
        IReadOnlyList<Interval> left = [Interval.Everything];
        foreach (var interval in intervals)
        {
            Interval?[] around =
            [
                interval.Low is null ? null : new Interval(Low: null, IsLowIn: true, interval.Low, !interval.IsLowIn),
                interval.High is null ? null : new Interval(interval.High, !interval.IsHighIn, High: null, IsHighIn: true),
            ];
            left = [.. around.OfType<Interval>().SelectMany(a => left.Select(l => Both(l, a))).OfType<Interval>()];
        }

        return left;
    }

    /// <exception cref="OsvFormatException">A bound is no version.</exception>
    public IReadOnlyList<OsvRange> ToRanges(IReadOnlyList<Interval> intervals) => [.. intervals.Select(i => new OsvRange([.. Events(i)]))];

    private IEnumerable<OsvEvent> Events(Interval interval)
    {
        yield return new OsvEvent(interval.IsLowIn ? OsvEventKind.Introduced : OsvEventKind.IntroducedAfter, Checked(interval.Low) ?? "0");
        if (Checked(interval.High) is { } high) yield return new OsvEvent(interval.IsHighIn ? OsvEventKind.LastAffected : OsvEventKind.Fixed, high);
    }

    private string? Checked(string? version) => version is null || order.WhyInvalid(version) is not { } why
        ? version
        : throw new OsvFormatException($"the version '{version}' is none: {why}");

    private int CompareLow(Interval left, Interval right)
    {
        var relation = Compare(left.Low!, right.Low!);
        return relation != 0 ? relation : (right.IsLowIn ? 1 : 0) - (left.IsLowIn ? 1 : 0);
    }

    private int CompareHigh(Interval left, Interval right)
    {
        var relation = Compare(left.High!, right.High!);
        return relation != 0 ? relation : (left.IsHighIn ? 1 : 0) - (right.IsHighIn ? 1 : 0);
    }

    private int Compare(string left, string right) => order.Compare(Checked(left)!, Checked(right)!) switch
    {
        VersionRelation.Before => -1,
        VersionRelation.After => 1,
        _ => 0,
    };
}
