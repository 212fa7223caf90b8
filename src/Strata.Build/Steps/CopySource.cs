using Strata.Build.Trees;

namespace Strata.Build.Steps;

/// <summary>
/// One thing that a source of COPY means, with all that is in it: found without a look at the target, so that it can be told whether anything changed
/// before anything is read.
/// </summary>
/// <param name="Name">The name that it has in a folder.</param>
/// <param name="Root">What the name leads to, links followed.</param>
/// <param name="Items">What is in it, folders before what is in them, by paths relative to it; itself, with an empty path, where it is copied as a whole.</param>
/// <param name="IsWhole">It is copied as it is, whatever is in it.</param>
internal sealed record CopySource(FileTree Tree, string Name, FileNode Root, IReadOnlyList<CopyItem> Items, bool IsWhole = false);

/// <param name="Path">Relative to the source; empty for itself.</param>
internal sealed record CopyItem(string Path, FileNode Node);
