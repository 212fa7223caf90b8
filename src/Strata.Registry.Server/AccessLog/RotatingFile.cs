namespace Strata.Registry.Server;

/// <summary>A file that is set aside as FILE.1 when it is full; FILE.1 becomes FILE.2, and the oldest goes.</summary>
internal sealed class RotatingFile(string path, long maxSize, int keep) : IDisposable
{
    private FileStream? _stream;

    /// <summary>Appends whole lines; they stay together.</summary>
    public void Write(ReadOnlySpan<byte> lines)
    {
        _stream ??= Open();
        if (_stream.Length > 0 && _stream.Length + lines.Length > maxSize)
        {
            _stream.Dispose();
            _stream = null;
            SetAside();
            _stream = Open();
        }
        _stream.Write(lines);
        _stream.Flush();
    }

    public void Dispose() => _stream?.Dispose();

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            // Addresses and names of people are in it.
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
        });
    }

    private void SetAside()
    {
        File.Delete($"{path}.{keep}");
        for (var i = keep - 1; i >= 1; i--)
            if (File.Exists($"{path}.{i}")) File.Move($"{path}.{i}", $"{path}.{i + 1}");
        if (keep > 0) File.Move(path, path + ".1");
        else File.Delete(path);
    }
}
