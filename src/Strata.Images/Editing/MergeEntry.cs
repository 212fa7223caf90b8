using Strata.Layers;

namespace Strata.Images.Editing;

/// <summary>What a merge has to know of each entry of each layer at once; all else is read again when it is written.</summary>
internal sealed record MergeEntry(string Path, EntryType Type, Whiteout Whiteout, string? LinkTarget)
{
    public static MergeEntry Of(LayerEntry entry) => new(entry.Path, entry.Type, entry.Whiteout, entry.LinkTarget);
}
