using System.Globalization;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Ranges;

/// <summary>Gem::Requirement: <c>~> 5.2.4, >= 5.2.4.3</c>.</summary>
internal static class RubyRanges
{
    public static Intervals Sets { get; } = new(VersionOrders.For("gem"));

    /// <summary>The versions that meet it; none when no version can.</summary>
    /// <exception cref="OsvFormatException">It is no requirement.</exception>
    public static IEnumerable<Interval> Parse(string requirement)
    {
        Interval? all = Interval.Everything;
        foreach (var part in requirement.Split(','))
        {
            var (sign, version) = Bounds.Split(part);
            var one = sign == "~>" ? Bounds.Until(version, Next(version))
                : Bounds.Plain(sign.Length == 0 ? "=" : sign, version) ?? throw new OsvFormatException($"the requirement '{requirement}' is not understood");
            all = all is null ? null : Sets.Both(all, one);
        }

        return all is null ? [] : [all];
    }

    /// <summary><c>~> 5.2.4</c> goes to before 5.3, its pre-releases left out: they would match a later fix.</summary>
    private static string Next(string version)
    {
        var numbers = version.Split('.').TakeWhile(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        if (numbers.Length == 0) throw new OsvFormatException($"the version '{version}' is none");
        if (numbers.Length > 1) numbers = numbers[..^1];
        numbers[^1]++;
        return string.Join('.', numbers) + ".a";
    }
}
