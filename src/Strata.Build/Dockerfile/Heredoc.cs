namespace Strata.Build.Dockerfiles;

/// <summary>A here-document of a RUN, COPY or ADD.</summary>
/// <param name="Name">The word that ends it, without quotes; as a source of COPY also the file's name.</param>
/// <param name="Expands">No part of the word was quoted.</param>
/// <param name="Chomps">Written <c>&lt;&lt;-</c>: tabs at the begin of its lines are not part of it.</param>
/// <param name="Content">The lines as they stand in the file.</param>
internal sealed record Heredoc(string Name, bool Expands, bool Chomps, string Content = "")
{
    private static readonly Dictionary<string, string> NoVariables = [];
    private static readonly WordExpander Lexer = new('\\') { KeepUnset = true };

    /// <summary>The content without leading tabs, where they are not wanted.</summary>
    public string Text => Chomps ? string.Join('\n', Content.Split('\n').Select(l => l.TrimStart('\t'))) : Content;

    /// <summary>The here-documents that a line begins, in their order.</summary>
    public static IReadOnlyList<Heredoc> Of(string line)
    {
        try
        {
            var words = (Lexer with { KeepQuotes = true, KeepEscapes = true, JoinHeredocs = true }).Expand(line, NoVariables).Words;
            return [.. words.Select(TryParse).OfType<Heredoc>()];
        }
        catch (ExpansionException)
        {
            // A shell's line is not always well formed for us, and has no here-documents of ours then.
            return [];
        }
    }

    /// <summary>Reads <c>&lt;&lt;EOF</c>, <c>3&lt;&lt;-"EOF"</c>; null when the word is something else.</summary>
    public static Heredoc? TryParse(string word)
    {
        var mark = word.AsSpan().IndexOfAnyExcept("0123456789");
        if (mark < 0 || !word.AsSpan(mark).StartsWith("<<")) return null;
        var rest = word[(mark + 2)..];
        var chomps = rest.StartsWith('-');
        rest = (chomps ? rest[1..] : rest).TrimStart();
        if (rest.Length == 0 || rest.Contains('<', StringComparison.Ordinal)) return null;
        try
        {
            var plain = Lexer.Expand(rest, NoVariables).Words;
            var raw = (Lexer with { KeepQuotes = true }).Expand(rest, NoVariables).Words;
            return plain.Count == 1 && raw.Count == 1 ? new Heredoc(plain[0], Quotes(plain[0]) == Quotes(raw[0]), chomps) : null;
        }
        catch (ExpansionException)
        {
            return null;
        }
    }

    private static int Quotes(string text) => text.Count(c => c is '\'' or '"');
}
