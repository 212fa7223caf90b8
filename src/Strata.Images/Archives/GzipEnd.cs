namespace Strata.Images.Archives;

/// <summary>
/// Says whether a gzip file of a tar came whole. GZipStream takes a file that is cut off for one that ends there; where no digest is promised,
/// as for what people import, that has to be noticed. RFC 1952, section 2.3.1: the last four bytes are the size of the last member.
/// </summary>
internal sealed class GzipEnd
{
    private const int EndMark = 512;
    private long _length;
    private long _zeros;

    /// <summary>Uncompressed bytes, in order.</summary>
    public void Add(ReadOnlySpan<byte> plain)
    {
        _length += plain.Length;
        var last = plain.LastIndexOfAnyExcept((byte)0);
        _zeros = last < 0 ? _zeros + plain.Length : plain.Length - 1 - last;
    }

    /// <summary>The size holds; or, where the file has several members or padding, the tar came to its end mark.</summary>
    public bool IsWhole(uint lastBytes) => lastBytes == unchecked((uint)_length) || _zeros >= EndMark;
}
