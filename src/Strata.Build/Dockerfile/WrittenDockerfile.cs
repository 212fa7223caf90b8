namespace Strata.Build.Dockerfiles;

/// <summary>A Dockerfile as it is written, instruction by instruction.</summary>
/// <param name="EmptyContinuations">The last lines of instructions that an empty line goes through.</param>
internal sealed record WrittenDockerfile(SourceFile Source, Directives Directives, IReadOnlyList<InstructionLine> Instructions, IReadOnlyList<int> EmptyContinuations);
