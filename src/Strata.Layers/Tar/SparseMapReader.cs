namespace Strata.Layers.Tar;

/// <summary>
/// Reads the map that PAX 1.0 puts before the content: decimal numbers, a line each, first their count; then padding to a whole block.
/// GNU tar manual, "PAX Format, Version 1.0".
/// </summary>
internal sealed class SparseMapReader(SparseMap map)
{
    private const int MaxDigits = 18;
    private long _number;
    private int _digits;
    private long _count = -1;
    private long _offset = -1;
    private long _position;

    /// <summary>The map was read, and its padding, too: what follows is content.</summary>
    public bool IsDone { get; private set; }

    /// <returns>How many of the bytes belong to the map.</returns>
    /// <exception cref="TarException">It is no map.</exception>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            _position++;
            if (_count != 0) TakeDigit(bytes[i]);
            if (_count != 0 || _position % TarHeader.Length != 0) continue;
            IsDone = true;
            return i + 1;
        }
        return bytes.Length;
    }

    private void TakeDigit(byte c)
    {
        if (c == (byte)'\n' && _digits > 0)
        {
            TakeNumber(_number);
            (_number, _digits) = (0, 0);
            return;
        }
        if (c is < (byte)'0' or > (byte)'9' || ++_digits > MaxDigits) throw new TarException("a sparse file's map is no list of numbers");
        _number = _number * 10 + (c - '0');
    }

    private void TakeNumber(long number)
    {
        if (_count < 0)
        {
            if (number > SparseMap.MaxPieces) throw new TarException($"a sparse file has {number} pieces; at most {SparseMap.MaxPieces} are taken");
            _count = number;
        }
        else if (_offset < 0)
        {
            _offset = number;
        }
        else
        {
            map.Add(_offset, number);
            _offset = -1;
            _count--;
        }
    }
}
