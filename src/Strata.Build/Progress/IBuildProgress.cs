namespace Strata.Build;

/// <summary>Is told what a build does. Called from several threads.</summary>
public interface IBuildProgress
{
    void Update(BuildStep step);

    /// <summary>A line that a step's program wrote.</summary>
    void Log(BuildStep step, string line);

    void Warn(BuildWarning warning);
}

/// <summary>Something that BuildKit's checks, or ours, say of a Dockerfile.</summary>
/// <param name="Rule">The rule's name, such as <c>StageNameCasing</c>.</param>
/// <param name="Line">From 1.</param>
public sealed record BuildWarning(string Rule, string Description, string Detail, string File, int Line);
