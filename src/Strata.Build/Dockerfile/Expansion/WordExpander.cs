namespace Strata.Build.Dockerfiles;

/// <summary>
/// Expands variables in words of a Dockerfile, as a shell would: quotes, escapes, and <c>${name}</c> with all its operators.
/// </summary>
internal sealed record WordExpander(char Escape)
{
    /// <summary>Quotes stay in the result.</summary>
    public bool KeepQuotes { get; init; }

    /// <summary>Escapes stay in the result.</summary>
    public bool KeepEscapes { get; init; }

    /// <summary>Quotes are characters as others: for the text of a here-document.</summary>
    public bool QuotesArePlain { get; init; }

    /// <summary>What names a variable that is not set stays as it is.</summary>
    public bool KeepUnset { get; init; }

    /// <summary>Blanks behind <c>&lt;&lt;</c> do not end a word.</summary>
    public bool JoinHeredocs { get; init; }

    /// <exception cref="ExpansionException">The word is not well formed, or demands a variable that is not set.</exception>
    public Expansion Expand(string word, IReadOnlyDictionary<string, string> variables)
    {
        var scan = new WordScan(this, word, variables);
        try
        {
            var (text, words) = scan.Until(WordScan.End, KeepEscapes);
            return new Expansion(text, words, scan.Found, scan.Missing);
        }
        catch (ExpansionException e)
        {
            throw new ExpansionException($"failed to process {GoText.Quote(word)}: {e.Message}", e);
        }
    }

    public string Text(string word, IReadOnlyDictionary<string, string> variables) => Expand(word, variables).Text;
}
