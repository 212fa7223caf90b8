namespace Strata.Images.Archives;

/// <summary>An OCI image layout in a folder. A link in a file's place is refused: a layout may come from anywhere, and must not lead elsewhere.</summary>
internal sealed class FolderFiles(string folder) : ILayoutFiles
{
    public string Name => folder;

    public long? SizeOf(string path)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        if (!file.Exists && file.LinkTarget is null)
        {
            return Directory.Exists(file.FullName) ? throw new ImageException($"{path} of {folder} is a folder and should be a file", "it is no image layout") : null;
        }
        // UnixFileMode tells nothing of pipes; a pipe has no length, and a blob without bytes fails by its digest.
        return file.LinkTarget is null ? file.Length : throw new ImageException($"{path} of {folder} is a link, which a layout may not have", "copy the layout with its links followed");
    }

    public Stream Open(string path) =>
        new FileStream(Path.Combine(folder, path), new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });

    public void Dispose()
    {
    }
}
