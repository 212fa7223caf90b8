namespace Strata.Containers.Logs;

/// <summary>
/// Reads a log line by line, from its begin or from its last lines, and goes on where it grows. A file that is replaced, since it had become too large, is
/// read to its end before the next is begun.
/// </summary>
internal sealed class LogFile(string path) : IDisposable
{
    private const int BlockSize = 64 * 1024;
    private FileStream? _file;
    private byte[] _rest = [];

    /// <summary>Lines that are whole by now.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ReadLines()
    {
        _file ??= TryOpen();
        while (_file is not null)
        {
            foreach (var line in ReadFile(_file)) yield return line;
            if (!IsReplaced(_file)) yield break;
            _file.Dispose();
            _rest = [];
            _file = TryOpen();
        }
    }

    /// <summary>Places the reader so that only the last lines are read.</summary>
    public void SeekToLast(int lines)
    {
        _file ??= TryOpen();
        if (_file is null) return;
        var position = _file.Length;
        var buffer = new byte[BlockSize];
        // The end of the last line is no line of its own.
        var missing = lines + 1;
        while (position > 0 && missing > 0)
        {
            var n = (int)Math.Min(BlockSize, position);
            position -= n;
            _file.Position = position;
            _file.ReadExactly(buffer, 0, n);
            for (var i = n - 1; i >= 0 && missing > 0; i--)
            {
                if (buffer[i] != (byte)'\n' || --missing > 0) continue;
                _file.Position = position + i + 1;
                return;
            }
        }
        _file.Position = 0;
    }

    public void Dispose() => _file?.Dispose();

    private IEnumerable<ReadOnlyMemory<byte>> ReadFile(FileStream file)
    {
        var buffer = new byte[BlockSize];
        for (int n; (n = file.Read(buffer)) > 0;)
        {
            byte[] text = [.. _rest, .. buffer.AsSpan(0, n)];
            var begin = 0;
            for (int end; (end = text.AsSpan(begin).IndexOf((byte)'\n')) >= 0; begin += end + 1) yield return text.AsMemory(begin, end);
            _rest = text[begin..];
        }
    }

    private bool IsReplaced(FileStream file) =>
        Kernel.Libc.Identity(file.SafeFileHandle, out var open) && Kernel.Libc.Identity(path, out var named) && open != named;

    private FileStream? TryOpen()
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
