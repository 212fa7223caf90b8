using System.Globalization;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Ranges;

/// <summary>The ranges of npm (<c>&lt;1.2 || >=2.0.0 &lt;2.1.0</c>) and of Cargo (<c>^1.2.3</c>, <c>>= 0.6.1, &lt; 0.7.0</c>).</summary>
internal static class SemanticRanges
{
    public static Intervals Sets { get; } = new(VersionOrders.For("npm"));

    /// <exception cref="OsvFormatException">It is no range.</exception>
    public static IReadOnlyList<Interval> OfNpm(string range) => [.. range.Split("||").SelectMany(r => Alternative(r, "="))];

    /// <exception cref="OsvFormatException">It is no range.</exception>
    public static IReadOnlyList<Interval> OfCargo(string range) => [.. Alternative(range.Replace(',', ' '), "^")];

    private static IEnumerable<Interval> Alternative(string text, string usualSign)
    {
        if (text.Split(" - ") is [var low, var high]) text = $">={low.Trim()} <={high.Trim()}";
        Interval? all = Interval.Everything;
        foreach (var comparator in Comparators(text))
        {
            var (sign, version) = Bounds.Split(comparator);
            all = all is null ? null : Sets.Both(all, One(sign.Length == 0 ? usualSign : sign, version));
        }

        return all is null ? [] : [all];
    }

    /// <summary>White space may lie between a sign and its version.</summary>
    private static IEnumerable<string> Comparators(string text)
    {
        var sign = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Bounds.Split(word).Version.Length == 0)
            {
                sign += word;
                continue;
            }

            yield return sign + word;
            sign = "";
        }
    }

    private static Interval One(string sign, string text)
    {
        var parts = Parts(text, out var numbers);
        if (numbers.Length == 0) return Interval.Everything;
        var low = Full(parts, numbers);
        return sign switch
        {
            "^" => Bounds.Until(low, Next(numbers, CaretPlace(numbers))),
            "~" or "~>" => Bounds.Until(low, Next(numbers, Math.Min(1, numbers.Length - 1))),
            "=" or "==" when numbers.Length < 3 => Bounds.Until(low, Next(numbers, numbers.Length - 1)),
            "<=" when numbers.Length < 3 => Bounds.Plain("<", Next(numbers, numbers.Length - 1))!,
            ">" when numbers.Length < 3 => Bounds.Plain(">=", Next(numbers, numbers.Length - 1))!,
            _ => Bounds.Plain(sign, low) ?? throw new OsvFormatException($"the range '{sign}{text}' is not understood"),
        };
    }

    /// <summary>The numbers before the first that is missing or any (x, X, *), and the rest of the text.</summary>
    private static string Parts(string text, out ulong[] numbers)
    {
        var version = text.TrimStart('v', 'V');
        var end = version.AsSpan().IndexOfAny('-', '+');
        var rest = end < 0 ? "" : version[end..];
        var words = (end < 0 ? version : version[..end]).Split('.').TakeWhile(w => w is not ("x" or "X" or "*" or "")).ToArray();
        numbers = new ulong[Math.Min(words.Length, 3)];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!ulong.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                throw new OsvFormatException($"the version '{text}' is none");
        }

        return rest;
    }

    private static string Full(string rest, ulong[] numbers) => string.Join('.', numbers.Concat([0UL, 0UL]).Take(3)) + rest;

    /// <summary>The first that is not zero, else the last that is there.</summary>
    private static int CaretPlace(ulong[] numbers)
    {
        var first = Array.FindIndex(numbers, n => n != 0);
        return first < 0 ? numbers.Length - 1 : first;
    }

    private static string Next(ulong[] numbers, int place) =>
        string.Join('.', numbers.Take(place).Append(numbers[place] + 1).Concat([0UL, 0UL]).Take(3));
}
