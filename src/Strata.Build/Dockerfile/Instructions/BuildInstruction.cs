namespace Strata.Build.Dockerfiles;

/// <summary>One instruction, understood, its variables not expanded yet.</summary>
/// <param name="Line">Where and how it is written.</param>
internal abstract record BuildInstruction(InstructionLine Line);

internal sealed record KeyValue(string Key, string Value, bool IsLegacy = false)
{
    public override string ToString() => $"{Key}={Value}";
}

internal sealed record EnvInstruction(InstructionLine Line, IReadOnlyList<KeyValue> Pairs) : BuildInstruction(Line);

internal sealed record LabelInstruction(InstructionLine Line, IReadOnlyList<KeyValue> Pairs) : BuildInstruction(Line);

internal sealed record MaintainerInstruction(InstructionLine Line, string Name) : BuildInstruction(Line);

internal sealed record WorkdirInstruction(InstructionLine Line, string Path) : BuildInstruction(Line);

internal sealed record UserInstruction(InstructionLine Line, string User) : BuildInstruction(Line);

internal sealed record VolumeInstruction(InstructionLine Line, IReadOnlyList<string> Paths) : BuildInstruction(Line);

internal sealed record ExposeInstruction(InstructionLine Line, IReadOnlyList<string> Ports) : BuildInstruction(Line);

internal sealed record StopSignalInstruction(InstructionLine Line, string Signal) : BuildInstruction(Line);

internal sealed record ShellInstruction(InstructionLine Line, IReadOnlyList<string> Words) : BuildInstruction(Line);

/// <param name="Expression">The instruction for later, with its here-documents.</param>
internal sealed record OnBuildInstruction(InstructionLine Line, string Expression) : BuildInstruction(Line);

/// <param name="Default">Null where none is given.</param>
internal sealed record ArgDefinition(string Key, string? Default);

internal sealed record ArgInstruction(InstructionLine Line, IReadOnlyList<ArgDefinition> Arguments) : BuildInstruction(Line);

/// <summary>A command: its words, or one line for the shell.</summary>
internal sealed record CommandLine(IReadOnlyList<string> Words, bool IsForShell);

internal sealed record CmdInstruction(InstructionLine Line, CommandLine Command) : BuildInstruction(Line);

internal sealed record EntrypointInstruction(InstructionLine Line, CommandLine Command) : BuildInstruction(Line);

internal sealed record HealthCheckInstruction(InstructionLine Line, Oci.HealthCheck Check) : BuildInstruction(Line);
