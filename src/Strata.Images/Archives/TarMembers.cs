using Strata.Layers.Tar;

namespace Strata.Images.Archives;

/// <summary>
/// Walks a tar member by member. It is neither a reader of layers (that is the room Layers) nor .NET's: image archives need to know where
/// content lies, squashing needs members byte for byte, and TarReader gives neither. Seeks over content where the stream can.
/// </summary>
internal sealed class TarMembers(Stream tar)
{
    /// <summary>A PAX header or a long name larger than this is an attack.</summary>
    private const int MaxMetadata = 1024 * 1024;

    private readonly byte[] _buffer = new byte[256 * 1024];
    private long _position;
    private long _left;
    private long _padding;

    /// <summary>The next member, or null at the archive's end. What is left of the one before is passed over.</summary>
    /// <exception cref="InvalidDataException">It is no tar, or is cut off.</exception>
    public TarMember? Next(CancellationToken cancellationToken)
    {
        Skip(_left + _padding, cancellationToken);
        (_left, _padding) = (0, 0);
        using var head = new MemoryStream(TarFields.Block);
        byte[]? longName = null, longLink = null;
        Dictionary<string, byte[]> pax = new(StringComparer.Ordinal);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = (int)head.Length;
            if (!ReadBlock(head, mayEnd: at == 0)) return null;
            var block = head.GetBuffer().AsSpan(at, TarFields.Block);
            // One block of zeros ends the archive; many writers forget the second.
            if (!block.ContainsAnyExcept((byte)0)) return at == 0 ? null : throw new InvalidDataException("the tar ends behind an extended header");
            if (!TarFields.HasValidSum(block)) throw new InvalidDataException($"it is no tar: the header at byte {_position - TarFields.Block} has a wrong checksum");
            var (type, size) = (block[156], TarFields.Size(block));
            if (type is (byte)'x' or (byte)'L' or (byte)'K')
            {
                var body = ReadMetadata(head, size, cancellationToken);
                if (type == (byte)'L') longName = body.AsSpan().TrimEnd((byte)0).ToArray();
                else if (type == (byte)'K') longLink = body.AsSpan().TrimEnd((byte)0).ToArray();
                else foreach (var (key, value) in TarFields.Records(body)) pax[key] = value;
                continue;
            }
            return Enter(head, at, type, size, pax, longName, longLink);
        }
    }

    /// <summary>Reads of the current member's content; 0 at its end.</summary>
    public int Read(Span<byte> buffer)
    {
        var n = tar.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (n == 0 && _left > 0) throw Cut();
        _left -= n;
        _position += n;
        return n;
    }

    /// <summary>Writes the current member's content and its padding.</summary>
    public void CopyTo(Stream target, CancellationToken cancellationToken)
    {
        for (int n; (n = Read(_buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.Write(_buffer, 0, n);
        }
        target.Write(stackalloc byte[(int)_padding]);
    }

    private TarMember Enter(
        MemoryStream head, int at, byte type, long size, Dictionary<string, byte[]> pax, byte[]? longName, byte[]? longLink)
    {
        var block = head.GetBuffer().AsSpan(at, TarFields.Block);
        if (pax.TryGetValue("size", out var text))
            size = long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var said) && said >= 0
                ? said
                : throw new InvalidDataException("a PAX header has a size that is no number");
        var name = pax.GetValueOrDefault("GNU.sparse.name") ?? pax.GetValueOrDefault("path") ?? longName ?? TarFields.Name(block);
        var link = type is (byte)'1' or (byte)'2' ? pax.GetValueOrDefault("linkpath") ?? longLink ?? TarFields.LinkName(block) : null;
        var hasBody = type is not ((byte)'2' or (byte)'3' or (byte)'4' or (byte)'5' or (byte)'6');
        // GNU's old sparse form goes on in further header blocks before the content.
        for (var more = type == (byte)'S' && block[482] != 0; more; more = head.GetBuffer()[head.Length - 8] != 0)
            ReadBlock(head, mayEnd: false);
        _left = hasBody ? size : 0;
        _padding = TarFields.Padding(_left);
        return new TarMember(PathText.Decode(name), type, link is null ? null : PathText.Decode(link), _position, _left, head.ToArray(), at);
    }

    private bool ReadBlock(MemoryStream head, bool mayEnd)
    {
        Span<byte> block = stackalloc byte[TarFields.Block];
        var n = tar.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        _position += n;
        if (n == 0 && mayEnd) return false;
        if (n < block.Length) throw Cut();
        head.Write(block);
        return true;
    }

    private byte[] ReadMetadata(MemoryStream head, long size, CancellationToken cancellationToken)
    {
        if (size > MaxMetadata) throw new InvalidDataException($"an extended header of {size} bytes is larger than the {MaxMetadata} allowed");
        var body = new byte[size];
        var n = tar.ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
        _position += n;
        if (n < body.Length) throw Cut();
        head.Write(body);
        head.Write(stackalloc byte[(int)TarFields.Padding(size)]);
        Skip(TarFields.Padding(size), cancellationToken);
        return body;
    }

    private void Skip(long count, CancellationToken cancellationToken)
    {
        if (tar.CanSeek)
        {
            if (tar.Position + count > tar.Length) throw Cut();
            tar.Seek(count, SeekOrigin.Current);
            _position += count;
            return;
        }
        while (count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var n = tar.Read(_buffer, 0, (int)Math.Min(count, _buffer.Length));
            if (n == 0) throw Cut();
            count -= n;
            _position += n;
        }
    }

    private InvalidDataException Cut() => new($"the tar is cut off at byte {_position}");
}
