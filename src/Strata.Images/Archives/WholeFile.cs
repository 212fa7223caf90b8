namespace Strata.Images.Archives;

/// <summary>A file that appears whole or not at all: written beside, and renamed by <see cref="Commit"/>. Disposed before, nothing is left.</summary>
internal sealed class WholeFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private readonly string? _temporary;
    private bool _committed;

    public WholeFile(string path)
    {
        _path = Path.GetFullPath(path);
        if (Directory.Exists(_path)) throw new ImageException($"{path} is a folder", "name a file to write");
        // What is no file, such as /dev/stdout, is written to and never replaced.
        if (!IsDevice(_path)) _temporary = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Path.GetRandomFileName()}");
        _file = new FileStream(_temporary ?? _path, new FileStreamOptions
        {
            Mode = _temporary is null ? FileMode.Open : FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        });
    }

    public Stream Content => _file;

    /// <summary>When this returns, the file is on disk under its name, in place of one that was there.</summary>
    public void Commit()
    {
        if (_temporary is not null)
        {
            _file.Flush(flushToDisk: true);
            File.Move(_temporary, _path, overwrite: true);
        }
        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        if (!_committed && _temporary is not null) File.Delete(_temporary);
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
