namespace Strata.Layers;

/// <summary>What is different at one path between two images.</summary>
/// <param name="Before">Null for what was added.</param>
/// <param name="After">Null for what was removed.</param>
public sealed record PathChange(string Path, ChangeKind Kind, TreeEntry? Before, TreeEntry? After);

public enum ChangeKind
{
    Added,
    Removed,

    /// <summary>Another type, content, link target or device.</summary>
    Content,

    /// <summary>The same content with another mode, owner or set of attributes.</summary>
    Metadata,
}
