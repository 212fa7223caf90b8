using Strata.Layers.Tar;

namespace Strata.Layers.Indexes;

/// <summary>Paths on their way to and from an index.</summary>
internal static class IndexPaths
{
    /// <summary>Room for any path, and what is put behind one to search.</summary>
    public const int BufferLength = EntryPath.MaxLength + 8;

    /// <summary>What comes after a path and all below it: no name has a byte between the slash, which sorts first, and this one.</summary>
    public static byte[] Behind(ReadOnlySpan<byte> path) => [.. path, 1];

    /// <summary>A path as people write it: slashes at its ends do not matter, nor does a dot for the root.</summary>
    public static byte[] Encode(string path)
    {
        var trimmed = path.Trim('/');
        return trimmed is "" or "." ? [] : PathText.Encode(trimmed.StartsWith("./", StringComparison.Ordinal) ? trimmed[2..] : trimmed);
    }
}
