namespace Strata.Layers.Tar;

/// <summary>Turns the stored bytes of a sparse file back into the file: pieces and the holes between them, in order.</summary>
/// <param name="map">Complete, or empty where it comes with the content.</param>
/// <param name="reader">For a map that comes with the content (PAX 1.0).</param>
internal sealed class SparseContent(SparseMap map, SparseMapReader? reader)
{
    private int _piece;
    private long _inPiece;
    private long _position;

    /// <summary>Takes stored bytes and gives them on, with the holes before them.</summary>
    /// <exception cref="TarException">Map and content do not fit.</exception>
    public void Take(ReadOnlySpan<byte> bytes, IContentSink sink)
    {
        while (bytes.Length > 0)
        {
            if (reader is { IsDone: false })
            {
                bytes = bytes[reader.Take(bytes)..];
                continue;
            }
            if (_piece == map.Count) throw new TarException("a sparse file has more content than its map says");
            var (offset, length) = map[_piece];
            HoleTo(offset, sink);
            var part = bytes[..(int)Math.Min(bytes.Length, length - _inPiece)];
            sink.Data(part);
            _inPiece += part.Length;
            _position += part.Length;
            if (_inPiece == length) (_piece, _inPiece) = (_piece + 1, 0);
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>All stored bytes came: the hole at the end is left.</summary>
    /// <exception cref="TarException">Content is missing.</exception>
    public void Finish(IContentSink sink)
    {
        if (reader is { IsDone: false } || _piece < map.Count) throw new TarException("a sparse file has less content than its map says");
        HoleTo(map.Size, sink);
    }

    private void HoleTo(long offset, IContentSink sink)
    {
        if (offset <= _position) return;
        sink.Hole(offset - _position);
        _position = offset;
    }

    internal interface IContentSink
    {
        void Data(ReadOnlySpan<byte> bytes);

        void Hole(long length);
    }
}
