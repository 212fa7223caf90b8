using Strata.Layers.Tar;

namespace Strata.Layers.Files;

/// <summary>A normalised path as the kernel takes it: its names one by one, each ended by a NUL. Used again and again.</summary>
internal sealed class PathParts
{
    private byte[] _bytes = new byte[512];
    private int[] _starts = new int[32];
    private int _end;

    public int Count { get; private set; }

    /// <summary>A name with its NUL.</summary>
    public ReadOnlySpan<byte> this[int i] => _bytes.AsSpan(_starts[i], (i + 1 < Count ? _starts[i + 1] : _end) - _starts[i]);

    public ReadOnlySpan<byte> Last => this[Count - 1];

    /// <param name="path">As <see cref="LayerEntry.Path"/>; empty for the root.</param>
    public void Set(string path)
    {
        Count = 0;
        _end = 0;
        if (path.Length == 0) return;
        var needed = PathText.MaxBytes(path) + 1;
        if (_bytes.Length < needed) _bytes = new byte[needed * 2];
        _end = PathText.Encode(path, _bytes);
        _bytes[_end++] = 0;
        Start(0);
        for (var i = 0; i < _end - 1; i++)
        {
            if (_bytes[i] != (byte)'/') continue;
            _bytes[i] = 0;
            Start(i + 1);
        }
    }

    private void Start(int at)
    {
        if (Count == _starts.Length) Array.Resize(ref _starts, Count * 2);
        _starts[Count++] = at;
    }

    /// <summary>How many names, from the first, are the same in both.</summary>
    public int SharedWith(PathParts other, int most)
    {
        var shared = 0;
        while (shared < most && this[shared].SequenceEqual(other[shared])) shared++;
        return shared;
    }
}
