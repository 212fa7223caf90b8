namespace Strata.Images.Archives;

/// <summary>One member of a tar as it lies there: its header blocks untouched, so that it can be written again byte for byte.</summary>
/// <param name="Path">The name as written; bytes that are no UTF-8 are kept as in <see cref="Layers.Tar.PathText"/>.</param>
/// <param name="Link">What a link leads to, as written; null for all else.</param>
/// <param name="Offset">Where its content begins in the tar.</param>
/// <param name="Size">Bytes of content as stored, without padding.</param>
/// <param name="Head">All header blocks: extended headers and long names with theirs, then the member's own, then GNU's sparse blocks.</param>
/// <param name="HeaderAt">Where in <paramref name="Head"/> the member's own header is.</param>
internal sealed record TarMember(string Path, byte Type, string? Link, long Offset, long Size, byte[] Head, int HeaderAt)
{
    public bool IsFile => Type is (byte)'0' or 0 or (byte)'7';

    public bool IsLink => Type is (byte)'1' or (byte)'2';

    public bool IsGlobalHeader => Type == (byte)'g';
}
