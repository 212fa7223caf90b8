using System.Runtime.InteropServices;

namespace Strata.Layers.Indexes;

/// <summary>What one layer says about one path.</summary>
/// <param name="Number">The entry that counts, by its place in the tar: of several, the last. -1 when there is none.</param>
/// <param name="IsFolder">The path is a folder in this layer, mentioned or because something is in it.</param>
/// <param name="HidesLower">A whiteout, an opaque folder, or something that is no folder: lower layers do not show through.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PathState(int Number, bool IsFolder, bool HidesLower)
{
    /// <summary>The layer has an entry or a whiteout of this very path.</summary>
    public bool IsMentioned => Number >= 0 || HidesLower;

    public bool IsThere => Number >= 0 || IsFolder;

    public bool IsKnown => IsThere || HidesLower;
}
