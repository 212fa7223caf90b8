namespace Strata.Build.Dockerfiles;

/// <summary>Cuts one joined line into keyword, flags and arguments, by the rules that each instruction has.</summary>
internal sealed class LineCutter(SourceFile source, Directives directives)
{
    private const int MaxInner = 8;

    /// <exception cref="DockerfileException">The arguments are not well formed.</exception>
    public InstructionLine Cut(string text, int start, int end) => Cut(text, start, end, depth: 0);

    private InstructionLine Cut(string text, int start, int end, int depth)
    {
        var trimmed = text.Trim();
        var blank = trimmed.AsSpan().IndexOfAny(" \t\v\f\r");
        var keyword = blank < 0 ? trimmed : trimmed[..blank];
        var (flags, rest) = blank < 0 ? ([], "") : FlagWords.Cut(trimmed[blank..].TrimStart(' ', '\t', '\v', '\f', '\r'));
        rest = rest.Trim();
        var line = new InstructionLine { Keyword = keyword, Flags = flags, Original = text, Source = source, StartLine = start, EndLine = end };
        switch (line.Name)
        {
            case "ENV" or "LABEL":
                return line with { Arguments = Pairs(line, rest) };
            case "ARG":
                return line with { Arguments = Words.Cut(rest, directives.Escape) };
            case "FROM" or "EXPOSE":
                return line with { Arguments = Words.AtBlanks(rest) };
            case "MAINTAINER" or "STOPSIGNAL" or "USER" or "WORKDIR":
                return line with { Arguments = One(rest) };
            case "CMD" or "ENTRYPOINT" or "RUN" or "SHELL":
                return Json(line, rest) ?? line with { Arguments = One(rest) };
            case "ADD" or "COPY" or "VOLUME":
                return Json(line, rest) ?? line with { Arguments = Words.AtBlanks(rest) };
            case "HEALTHCHECK":
                return HealthCheck(line, rest);
            case "ONBUILD" when rest.Length > 0 && depth < MaxInner:
                var inner = Cut(rest, start, end, depth + 1);
                return line with { Inner = inner, Arguments = [inner.Keyword, .. inner.Arguments] };
            default:
                return line;
        }
    }

    private static string[] One(string rest) => rest.Length == 0 ? [] : [rest];

    private static InstructionLine HealthCheck(InstructionLine line, string rest)
    {
        if (rest.Length == 0) return line;
        var end = 0;
        while (end < rest.Length && !char.IsWhiteSpace(rest[end])) end++;
        var (type, command) = (rest[..end], rest[end..].TrimStart());
        var json = Json(line, command);
        return line with { Arguments = [type, .. json?.Arguments ?? One(command)], IsJson = json is not null };
    }

    /// <summary>Null when the rest is no JSON list: then it is read as words, or as a line for the shell.</summary>
    private static InstructionLine? Json(InstructionLine line, string rest)
    {
        var list = JsonList.TryParse(rest, out var hasOthers);
        if (hasOthers) throw line.SyntaxFault("when using JSON array syntax, arrays must be comprised of strings only", rest);
        return list is null ? null : line with { Arguments = list, IsJson = true };
    }

    /// <summary><c>A=1 B=2</c>, or of old <c>A the rest of the line</c>.</summary>
    private List<string> Pairs(InstructionLine line, string rest)
    {
        var words = Words.Cut(rest, directives.Escape);
        if (words.Count == 0) return [];
        if (!words[0].Contains('=', StringComparison.Ordinal))
        {
            var blank = rest.AsSpan().IndexOfAny(" \t\v\f\r");
            return blank < 0 ? throw line.SyntaxFault($"{line.Name} must have two arguments", rest) : [rest[..blank], rest[blank..].TrimStart(' ', '\t', '\v', '\f', '\r'), ""];
        }
        var pairs = new List<string>();
        foreach (var word in words)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw line.SyntaxFault($"Syntax error - can't find = in {GoText.Quote(word)}. Must be of the form: name=value", word);
            pairs.AddRange([word[..equals], word[(equals + 1)..], "="]);
        }
        return pairs;
    }
}
