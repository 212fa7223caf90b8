using Strata.Images;

namespace Strata.Dashboard.Tasks;

/// <summary>How the work of a task tells where it stands. Safe for several threads; what is said after the work has ended is lost.</summary>
public interface ITaskProgress : IProgress<TransferProgress>
{
    /// <summary>What is being done now, in a few words: <c>Making debian:12</c>.</summary>
    void Say(string step);

    /// <summary>What came of it, in one sentence, and where to look at it. The task ends when the work returns, not here.</summary>
    /// <param name="outcome">One sentence: <c>Pulled python:3.11</c>.</param>
    /// <param name="href">A page of the dashboard; null for none.</param>
    void Finish(string outcome, string? href);
}
