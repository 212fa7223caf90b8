using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build.Steps;

/// <summary>An entry of a layer that is being put together, and where its content is.</summary>
/// <param name="Source">Null where there is no content.</param>
/// <param name="Link">Entries with the same one are names of one file.</param>
internal sealed record PendingEntry(LayerEntry Entry, FileTree? Source = null, FileNode? Node = null, (int Operand, ulong, ulong)? Link = null);
