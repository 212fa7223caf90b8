namespace Strata.Build.Dockerfiles;

/// <summary>From an instruction as it is written to what it means: the right number of arguments, known flags, valid values.</summary>
internal static partial class InstructionParser
{
    private static readonly string[] Known =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL",
        "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ];

    /// <exception cref="DockerfileException">The instruction is unknown, or not well formed.</exception>
    public static BuildInstruction Parse(InstructionLine line) => line.Name switch
    {
        "ADD" or "COPY" => ParseCopy(line),
        "ARG" => ParseArg(line),
        "CMD" => NoFlags(line, new CmdInstruction(line, Command(line))),
        "ENTRYPOINT" => NoFlags(line, new EntrypointInstruction(line, Command(line))),
        "ENV" => NoFlags(line, new EnvInstruction(line, Pairs(line))),
        "LABEL" => NoFlags(line, new LabelInstruction(line, Pairs(line))),
        "EXPOSE" => NoFlags(line, new ExposeInstruction(line, [.. AtLeastOne(line).Order(StringComparer.Ordinal)])),
        "HEALTHCHECK" => ParseHealthCheck(line),
        "MAINTAINER" => NoFlags(line, new MaintainerInstruction(line, ExactlyOne(line))),
        "ONBUILD" => ParseOnBuild(line),
        "RUN" => ParseRun(line),
        "SHELL" => NoFlags(line, new ShellInstruction(line, Shell(line))),
        "STOPSIGNAL" => NoFlags(line, new StopSignalInstruction(line, ExactlyOne(line))),
        "USER" => NoFlags(line, new UserInstruction(line, ExactlyOne(line))),
        "VOLUME" => NoFlags(line, new VolumeInstruction(line, Volumes(line))),
        "WORKDIR" => NoFlags(line, new WorkdirInstruction(line, ExactlyOne(line))),
        _ => throw line.SyntaxFault($"unknown instruction: {line.Keyword}{Suggestion.For(line.Keyword, Known)}", line.Keyword),
    };

    public static Stage ParseFrom(InstructionLine line)
    {
        var name = line.Arguments switch
        {
            [_] => "",
            [_, var keyword, var written] when keyword.Equals("AS", StringComparison.OrdinalIgnoreCase) => StageName(line, written),
            _ => throw line.SyntaxFault("FROM requires either one or three arguments", line.Arguments.Count > 1 ? line.Arguments[1] : null,
                "it is written FROM image, or FROM image AS name"),
        };
        var flags = FlagSet.Parse(line, ["platform"]);
        return new Stage(line, name, line.Arguments[0], flags.Text("platform"));
    }

    private static string StageName(InstructionLine line, string written)
    {
        var name = written.ToLowerInvariant();
        var isValid = name[0] is >= 'a' and <= 'z' && !name.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-_.");
        return isValid ? name : throw line.SyntaxFault(
            $"invalid name for build stage: {GoText.Quote(written)}, name can't start with a number or contain symbols", written);
    }

    private static T NoFlags<T>(InstructionLine line, T instruction)
    {
        FlagSet.Parse(line);
        return instruction;
    }

    private static IReadOnlyList<string> AtLeastOne(InstructionLine line) =>
        line.Arguments.Count > 0 ? line.Arguments : throw line.SyntaxFault($"{line.Name} requires at least one argument");

    private static string ExactlyOne(InstructionLine line) =>
        line.Arguments is [var one] ? one : throw line.SyntaxFault($"{line.Name} requires exactly one argument");

    private static CommandLine Command(InstructionLine line) => new(line.Arguments, !line.IsJson);

    private static KeyValue[] Pairs(InstructionLine line) => [.. AtLeastOne(line).Chunk(3).Select(p => p[0].Length > 0
        ? new KeyValue(p[0], p[1], IsLegacy: p[2].Length == 0)
        : throw line.SyntaxFault($"{line.Name} names can not be blank"))];

    private static string[] Volumes(InstructionLine line) => [.. AtLeastOne(line).Select(v => v.Trim() is { Length: > 0 } path
        ? path : throw line.SyntaxFault("VOLUME specified can not be an empty string"))];

    private static IReadOnlyList<string> Shell(InstructionLine line) => line.IsJson || line.Arguments.Count == 0 ? AtLeastOne(line)
        : throw line.SyntaxFault($"SHELL requires the arguments to be in JSON form", line.Arguments[0], "such as SHELL [\"/bin/bash\", \"-c\"]");

    private static ArgInstruction ParseArg(InstructionLine line) => NoFlags(line, new ArgInstruction(line, [.. AtLeastOne(line).Select(a =>
    {
        var equals = a.IndexOf('=', StringComparison.Ordinal);
        return equals == 0 ? throw line.SyntaxFault("ARG names can not be blank", a)
            : equals < 0 ? new ArgDefinition(a, null) : new ArgDefinition(a[..equals], a[(equals + 1)..]);
    })]));

    private static OnBuildInstruction ParseOnBuild(InstructionLine line)
    {
        FlagSet.Parse(line);
        if (line.Inner is not { } inner) throw line.SyntaxFault("ONBUILD requires at least one argument");
        if (inner.Name == "ONBUILD") throw line.SyntaxFault("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", inner.Keyword);
        if (inner.Name is "MAINTAINER" or "FROM") throw line.SyntaxFault($"{inner.Name} isn't allowed as an ONBUILD trigger", inner.Keyword);
        var expression = line.Original.TrimStart()[line.Keyword.Length..].TrimStart();
        return new OnBuildInstruction(line, line.Heredocs.Aggregate(expression, (text, h) => $"{text}\n{h.Content}{h.Name}"));
    }

    private static CopyInstruction ParseCopy(InstructionLine line)
    {
        if (line.Arguments.Count < 2)
            throw line.SyntaxFault($"{line.Name} requires at least two arguments, but only one was provided. Destination could not be determined");
        var isAdd = line.Name == "ADD";
        var flags = isAdd
            ? FlagSet.Parse(line, ["chown", "chmod", "checksum"], ["link", "keep-git-dir", "unpack"], ["exclude"])
            : FlagSet.Parse(line, ["chown", "chmod", "from"], ["link", "parents"], ["exclude"]);
        var target = line.Arguments[^1];
        if (Heredoc.TryParse(target) is not null && !line.IsJson) throw line.SyntaxFault($"{line.Name} cannot accept a heredoc as a destination", target);
        var words = line.Arguments.SkipLast(1).Select(a => (Word: a, File: line.IsJson ? null : Inline(line, a))).ToArray();
        return new CopyInstruction(line)
        {
            Sources = [.. words.Where(w => w.File is null).Select(w => w.Word)],
            Files = [.. words.Select(w => w.File).OfType<InlineFile>()],
            Target = target,
            From = flags.Text("from") is { Length: > 0 } from ? from : null,
            Chown = flags.Text("chown"),
            Chmod = flags.Text("chmod"),
            IsLinked = flags.Is("link"),
            WithParents = flags.Is("parents"),
            Excludes = flags.List("exclude"),
            Checksum = flags.Text("checksum"),
            KeepsGitFolder = flags.IfSet("keep-git-dir"),
            Unpacks = flags.IfSet("unpack"),
        };
    }

    private static InlineFile? Inline(InstructionLine line, string word)
    {
        if (Heredoc.TryParse(word) is not { } mark) return null;
        var content = line.Heredocs.LastOrDefault(h => h.Name == mark.Name) ?? mark;
        return new InlineFile(mark.Name, (content with { Chomps = mark.Chomps }).Text, mark.Expands);
    }
}
