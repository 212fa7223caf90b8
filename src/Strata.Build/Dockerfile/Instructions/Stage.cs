namespace Strata.Build.Dockerfiles;

/// <summary>A FROM and the instructions below it.</summary>
/// <param name="Name">In lower case; empty where none is given.</param>
/// <param name="BaseName">What it begins from, variables not expanded.</param>
/// <param name="Platform">Of <c>--platform</c>, variables not expanded; empty without.</param>
internal sealed record Stage(InstructionLine Line, string Name, string BaseName, string Platform)
{
    public List<BuildInstruction> Instructions { get; } = [];
}
