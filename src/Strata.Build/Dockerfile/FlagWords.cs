using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>The words at the begin of an instruction's arguments that begin with two dashes.</summary>
internal static class FlagWords
{
    /// <returns>The flags without their quotes, and what stands behind them.</returns>
    public static (IReadOnlyList<string> Flags, string Behind) Cut(string text)
    {
        var flags = new List<string>();
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at >= text.Length) return (flags, "");
            if (!text.AsSpan(at).StartsWith("--")) return (flags, text[at..]);
            var word = Read(text, ref at);
            // Two dashes alone: what follows is no flag, whatever it looks like.
            if (word == "--") return (flags, text[at..]);
            flags.Add(word);
        }
    }

    private static string Read(string text, ref int at)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (quote == '\0' && char.IsWhiteSpace(c)) break;
            if (c == '\\')
            {
                if (at + 1 < text.Length) word.Append(text[++at]);
            }
            else if (quote == '\0' && c is '\'' or '"') quote = c;
            else if (c == quote) quote = '\0';
            else word.Append(c);
        }
        return word.ToString();
    }
}
