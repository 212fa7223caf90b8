using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>
/// OSV schema, "Evaluation": a version is affected when it is in a range, or listed. A range is walked in the order of its versions:
/// introduced turns it on, fixed and last_affected turn it off, limits bound it.
/// </summary>
internal sealed class OsvEvaluation(VersionOrder order, OsvVersions affected)
{
    private const string Beginning = "0";
    private const string Everything = "*";

    /// <param name="version">The installed version.</param>
    /// <param name="ecosystem">For the words.</param>
    public Verdict Of(string version, string ecosystem)
    {
        if (order.WhyInvalid(version) is { } invalid && affected.Listed?.Contains(version) != true) return new Verdict(IsAffected: null, Fixed: null, $"'{version}' is no version: {invalid}");
        string? undecided = null;
        foreach (var range in affected.Ranges ?? [])
        {
            if (WhyUndecidable(range) is { } why) undecided ??= why;
            else if (Within(range, version) is { } bounds) return Affected(version, bounds, ecosystem);
        }

        if (IsListed(version)) return new Verdict(IsAffected: true, FirstFix(version), $"is in the list of affected versions of {ecosystem}");
        return undecided is null ? Verdict.NotAffected : new Verdict(IsAffected: null, Fixed: null, undecided);
    }

    private Verdict Affected(string version, RangeBounds bounds, string ecosystem)
    {
        var fix = FirstFix(version);
        var start = bounds.Introduced.Kind == OsvEventKind.IntroducedAfter ? $"after {bounds.Introduced.Version}" : $"at or after {bounds.Introduced.Version}";
        var from = IsBeginning(bounds.Introduced) ? "" : $"{start} and ";
        var why = bounds.End switch
        {
            { Kind: OsvEventKind.Fixed } end when end.Version == fix => $"is {from}before {fix}, fixed in {ecosystem}",
            { Kind: OsvEventKind.Fixed } end => $"is {from}before {end.Version} in {ecosystem}, {FixWords(fix)}",
            { Kind: OsvEventKind.LastAffected } end => $"is {from}not after {end.Version}, the last affected version in {ecosystem}, {FixWords(fix)}",
            _ when IsBeginning(bounds.Introduced) => $"is affected like every version in {ecosystem}, {FixWords(fix)}",
            _ => $"is {start} in {ecosystem}, {FixWords(fix)}",
        };
        return new Verdict(IsAffected: true, fix, why);
    }

    private static string FixWords(string? fix) => fix is null ? "without a fix so far" : $"fixed by {fix}";

    /// <summary>The events between which the version is affected; null when it is not.</summary>
    private RangeBounds? Within(OsvRange range, string version)
    {
        var limits = range.Events.Where(e => e.Kind == OsvEventKind.Limit).ToArray();
        if (limits.Length > 0 && !Array.Exists(limits, l => l.Version == Everything || IsBefore(version, l.Version))) return null;
        OsvEvent? introduced = null;
        foreach (var e in Sorted(range))
        {
            switch (e.Kind)
            {
                case OsvEventKind.Introduced when e.Version == Beginning || !IsBefore(version, e.Version):
                case OsvEventKind.IntroducedAfter when order.Compare(version, e.Version) == VersionRelation.After:
                    introduced = e;
                    break;
                case OsvEventKind.Fixed when !IsBefore(version, e.Version):
                case OsvEventKind.LastAffected when order.Compare(version, e.Version) == VersionRelation.After:
                    introduced = null;
                    break;
                case OsvEventKind.Fixed or OsvEventKind.LastAffected when introduced is not null:
                    return new RangeBounds(introduced, e);
            }
        }

        return introduced is null ? null : new RangeBounds(introduced, End: null);
    }

    /// <summary>A fix of one range may lie in another range that is still affected (two branches): the first that is in none.</summary>
    private string? FirstFix(string version) => (affected.Ranges ?? [])
        .Where(r => WhyUndecidable(r) is null)
        .SelectMany(r => r.Events)
        .Where(e => e.Kind == OsvEventKind.Fixed && IsBefore(version, e.Version))
        .Select(e => e.Version)
        .Order(Comparer<string>.Create(Compare))
        .FirstOrDefault(f => !IsListed(f) && (affected.Ranges ?? []).All(r => WhyUndecidable(r) is not null || Within(r, f) is null));

    private bool IsListed(string version) =>
        affected.Listed is { } listed && (listed.Contains(version) || listed.Any(l => MayEqual(l, version) && order.Compare(l, version) == VersionRelation.Equal));

    /// <summary>Lists are long, and most of what they list is told apart by its first number; an epoch comes before that.</summary>
    private static bool MayEqual(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.ContainsAny('!', ':') || right.ContainsAny('!', ':')) return true;
        var (a, b) = (left.Length > 0 && char.IsAsciiDigit(left[0]), right.Length > 0 && char.IsAsciiDigit(right[0]));
        return !a || !b || Digits.Compare(Digits.Take(ref left), Digits.Take(ref right)) == 0;
    }

    /// <summary>The order is stable: events at one version happen as the record writes them.</summary>
    private IEnumerable<OsvEvent> Sorted(OsvRange range) =>
        range.Events.Where(e => e.Kind != OsvEventKind.Limit).OrderBy(e => e, Comparer<OsvEvent>.Create((a, b) =>
        {
            var (first, second) = (IsBeginning(a), IsBeginning(b));
            return first || second ? second.CompareTo(first) : Compare(a.Version, b.Version);
        }));

    private string? WhyUndecidable(OsvRange range)
    {
        foreach (var e in range.Events)
        {
            if (IsBeginning(e) || e.Kind == OsvEventKind.Limit && e.Version == Everything) continue;
            if (order.WhyInvalid(e.Version) is { } why) return $"the record's version '{e.Version}' is none: {why}";
        }

        return null;
    }

    private static bool IsBeginning(OsvEvent e) => e.Kind == OsvEventKind.Introduced && e.Version == Beginning;

    private bool IsBefore(string left, string right) => order.Compare(left, right) == VersionRelation.Before;

    private int Compare(string left, string right) =>
        order.Compare(left, right) switch { VersionRelation.Before => -1, VersionRelation.After => 1, _ => 0 };
}
