using System.Globalization;
using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>
/// How Go's fmt writes lists, quoted words and durations: a history that says the same in the same form is read by the same tools.
/// </summary>
internal static class GoText
{
    /// <summary><c>["a" "b"]</c>, as %q.</summary>
    public static string QuotedList(IEnumerable<string> words) => $"[{string.Join(' ', words.Select(Quote))}]";

    /// <summary><c>[a b]</c>, as %v.</summary>
    public static string List(IEnumerable<string> words) => $"[{string.Join(' ', words)}]";

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\v' => quoted.Append("\\v"),
                < 0x20 or 0x7f => quoted.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                >= 0x80 when !IsPrintable(rune) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => quoted.Append(rune.ToString()),
            };
        }
        return quoted.Append('"').ToString();
    }

    /// <summary><c>1h30m0s</c>, <c>1.5s</c>, <c>100ms</c>.</summary>
    public static string Duration(long nanoseconds)
    {
        if (nanoseconds == 0) return "0s";
        var sign = nanoseconds < 0 ? "-" : "";
        var n = Math.Abs((decimal)nanoseconds);
        if (n < 1000) return $"{sign}{n}ns";
        if (n < 1_000_000) return $"{sign}{Plain(n / 1000)}µs";
        if (n < 1_000_000_000) return $"{sign}{Plain(n / 1_000_000)}ms";
        var seconds = n / 1_000_000_000;
        var hours = Math.Floor(seconds / 3600);
        var minutes = Math.Floor(seconds / 60) % 60;
        var rest = Plain(seconds % 60) + "s";
        return sign + (hours > 0 ? $"{Plain(hours)}h{Plain(minutes)}m{rest}" : minutes > 0 ? $"{Plain(minutes)}m{rest}" : rest);
    }

    private static string Plain(decimal number) => number.ToString("0.#########", CultureInfo.InvariantCulture);

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
