namespace Strata.Hub;

/// <summary>Descriptions come from whoever pushes: what is kept has no control characters and a limit, what a list shows is one short line.</summary>
internal static class ShortText
{
    /// <summary>The most characters that a list shows.</summary>
    public const int Shown = 100;

    /// <summary>The most characters that are kept.</summary>
    public const int Kept = 10_000;

    /// <summary>Without control characters (line breaks stay), at most <paramref name="most"/> long.</summary>
    public static string Clean(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length > most) trimmed = trimmed[..Boundary(trimmed, most)];
        return string.Create(trimmed.Length, trimmed, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) && source[i] is not '\n' ? ' ' : source[i];
        });
    }

    /// <summary>One line of at most <see cref="Shown"/> characters, cut between words.</summary>
    public static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= Shown) return line;
        var end = line.LastIndexOf(' ', Shown - 1);
        if (end < Shown / 2) end = Boundary(line, Shown - 1);
        return string.Concat(line.AsSpan(0, end), "…");
    }

    // Never between the two halves of a character outside the basic plane.
    private static int Boundary(ReadOnlySpan<char> text, int at) => char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
}
