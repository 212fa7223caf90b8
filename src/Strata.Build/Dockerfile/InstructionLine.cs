namespace Strata.Build.Dockerfiles;

/// <summary>One instruction as it is written: its lines joined, cut into flags and arguments, and not yet understood.</summary>
internal sealed record InstructionLine
{
    /// <summary>As written, such as <c>From</c>.</summary>
    public required string Keyword { get; init; }

    /// <summary>Each <c>--name</c> or <c>--name=value</c>, without quotes.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>What stands behind the flags; for ENV and LABEL in threes of key, value, and = or nothing.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The arguments were written as a JSON list.</summary>
    public bool IsJson { get; init; }

    /// <summary>The line with its continuations, as it stands.</summary>
    public required string Original { get; init; }

    public required SourceFile Source { get; init; }

    /// <summary>From 1.</summary>
    public required int StartLine { get; init; }

    public required int EndLine { get; init; }

    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];

    /// <summary>The comments directly above, without their #.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>What ONBUILD keeps for later.</summary>
    public InstructionLine? Inner { get; init; }

    public string Name => Keyword.ToUpperInvariant();

    /// <summary>A word of the line.</summary>
    /// <exception cref="DockerfileException">It cannot be expanded.</exception>
    public Expansion Expand(WordExpander expander, string word, IReadOnlyDictionary<string, string> variables)
    {
        try
        {
            return expander.Expand(word, variables);
        }
        catch (ExpansionException e)
        {
            throw Fault(e.Message, word, inner: e);
        }
    }

    /// <param name="word">What is at fault, as it stands in the file.</param>
    public DockerfileException Fault(string what, string? word = null, string? advice = null, Exception? inner = null) =>
        Source.Fault(what, StartLine, EndLine, word, advice, inner);

    /// <summary>The same as a fault of the language.</summary>
    public DockerfileException SyntaxFault(string what, string? word = null, string? advice = null) =>
        Fault($"dockerfile parse error on line {StartLine}: {what}", word, advice);
}
