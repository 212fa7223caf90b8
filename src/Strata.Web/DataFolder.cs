namespace Strata.Web;

/// <summary>A folder that this process alone works in, for as long as it is held.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <exception cref="DataFolderException">The folder cannot be made, cannot be written to, or another process works in it.</exception>
    public static DataFolder Claim(string path)
    {
        try
        {
            path = System.IO.Path.GetFullPath(path);
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataFolderException($"the data folder {path} cannot be made: {e.Message.TrimEnd('.')}", e);
        }
        var file = System.IO.Path.Combine(path, "hub.lock");
        try
        {
            // The kernel lets go of it when the process ends, however it ends.
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderException($"the data folder {path} cannot be written to", e);
        }
        catch (IOException e)
        {
            throw new DataFolderException($"the data folder {path} is in use or cannot be written to: {e.Message.TrimEnd('.')}", e);
        }
    }

    public void Dispose() => _lock.Dispose();
}

internal sealed class DataFolderException(string message, Exception inner) : IOException(message, inner);
