using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Ranges;

/// <summary>Bounds of Composer versions that hold together: <c>>=5.4.0</c> and <c>&lt;5.4.10.1</c>.</summary>
internal static class ComposerRanges
{
    public static Intervals Sets { get; } = new(VersionOrders.For("composer"));

    /// <exception cref="OsvFormatException">One is no bound.</exception>
    public static IEnumerable<Interval> Parse(IEnumerable<string> bounds)
    {
        Interval? all = Interval.Everything;
        foreach (var bound in bounds)
        {
            var (sign, version) = Bounds.Split(bound);
            var one = Bounds.Plain(sign.Length == 0 ? "=" : sign, version) ?? throw new OsvFormatException($"the bound '{bound}' is not understood");
            all = all is null ? null : Sets.Both(all, one);
        }

        return all is null ? [] : [all];
    }
}
