namespace Strata.Build.Dockerfiles;

/// <summary>A Dockerfile, understood: an instance that exists has a stage, and every instruction has what it needs.</summary>
/// <param name="GlobalArguments">The ARGs before the first FROM.</param>
internal sealed record ParsedDockerfile(WrittenDockerfile Written, IReadOnlyList<ArgInstruction> GlobalArguments, IReadOnlyList<Stage> Stages)
{
    public SourceFile Source => Written.Source;

    public char Escape => Written.Directives.Escape;

    /// <exception cref="DockerfileException">It is no valid Dockerfile; the message names the line.</exception>
    public static ParsedDockerfile Parse(SourceFile source)
    {
        var written = DockerfileReader.Read(source);
        var globals = new List<ArgInstruction>();
        var stages = new List<Stage>();
        foreach (var line in written.Instructions)
        {
            if (line.Name == "FROM") stages.Add(InstructionParser.ParseFrom(line));
            else if (InstructionParser.Parse(line) is var instruction && stages.Count > 0) stages[^1].Instructions.Add(instruction);
            else if (instruction is ArgInstruction global) globals.Add(global);
            else throw line.SyntaxFault("no build stage in current context", line.Keyword, "an instruction stands below a FROM; only ARG may stand above");
        }
        if (stages.Count == 0) throw new DockerfileException($"{source.Name}: dockerfile contains no stages to build", source.Lines.Count, "a stage begins with FROM");
        return new ParsedDockerfile(written, globals, stages);
    }

    /// <summary>Reads the one instruction that an image keeps for those who build on it.</summary>
    /// <exception cref="DockerfileException">It is none.</exception>
    public static BuildInstruction ParseTrigger(string expression, string image)
    {
        var written = DockerfileReader.Read(new SourceFile($"ONBUILD of {image}", expression));
        if (written.Instructions is not [var line]) throw new DockerfileException($"an ONBUILD of {image} is more than one instruction: {expression}", 1);
        return InstructionParser.Parse(line);
    }
}
