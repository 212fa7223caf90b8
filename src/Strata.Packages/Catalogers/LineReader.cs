namespace Strata.Packages.Catalogers;

/// <summary>Cuts a text into lines while it streams by; one line is held at a time.</summary>
/// <param name="path">The document's path.</param>
/// <param name="longest">Bytes of a line that are kept; what is over is dropped.</param>
/// <param name="most">Bytes of the whole that are read; more is a fault.</param>
internal abstract class LineReader(string path, int longest, long most) : DocumentReader(path)
{
    private readonly byte[] _line = new byte[longest];
    private int _length;
    private bool _isCut;
    private long _read;

    /// <summary>What else comes is not read.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The number of the line that <see cref="Line"/> gets; from 1.</summary>
    protected int Number { get; private set; }

    public sealed override void Add(ReadOnlySpan<byte> bytes)
    {
        if (IsStopped) return;
        var room = most - _read;
        var over = bytes.Length > room;
        if (over) bytes = bytes[..(int)room];
        _read += bytes.Length;
        while (!bytes.IsEmpty && !IsStopped)
        {
            var end = bytes.IndexOf((byte)'\n');
            Append(end < 0 ? bytes : bytes[..end]);
            if (end < 0) break;
            EndLine();
            bytes = bytes[(end + 1)..];
        }

        if (over && !IsStopped) Stop($"longer than {most} bytes; the rest was not read");
    }

    public sealed override Facts.PackageDocument? Finish()
    {
        // After a fault that ended the reading, what is held is a part of a line.
        if (!IsStopped && _length > 0) EndLine();
        return Document();
    }

    /// <summary>A line without its break, and without a carriage return before it.</summary>
    /// <param name="line">Its first bytes, as many as are kept.</param>
    /// <param name="isCut">Whether it had more.</param>
    protected abstract void Line(ReadOnlySpan<byte> line, bool isCut);

    /// <summary>The file is complete; see <see cref="DocumentReader.Finish"/>.</summary>
    protected abstract Facts.PackageDocument? Document();

    protected void Stop(string reason)
    {
        Fault(reason);
        IsStopped = true;
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        var kept = piece[..Math.Min(piece.Length, _line.Length - _length)];
        _isCut |= kept.Length < piece.Length;
        kept.CopyTo(_line.AsSpan(_length));
        _length += kept.Length;
    }

    private void EndLine()
    {
        var line = _line.AsSpan(0, _length);
        Number++;
        Line(line is [.. var text, (byte)'\r'] ? text : line, _isCut);
        _length = 0;
        _isCut = false;
    }
}
