using System.Collections.Concurrent;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Blobs as files: <c>uploads/ID</c>, then <c>blobs/ALGORITHM/2 HEX/HEX.GENERATION</c>; damaged ones in <c>quarantine/</c>.</summary>
internal sealed partial class FileBlobStorage : IBlobStorage
{
    private readonly string _blobs;
    private readonly string _uploads;
    private readonly string _quarantine;
    private readonly Lock _making = new();
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);

    public FileBlobStorage(string root)
    {
        _blobs = Path.Combine(root, "blobs");
        _uploads = Path.Combine(root, "uploads");
        _quarantine = Path.Combine(root, "quarantine");
        Directory.CreateDirectory(_uploads);
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>()) Directory.CreateDirectory(Path.Combine(_blobs, algorithm.Prefix()));
        DiskSync.Folder(_blobs);
        DiskSync.Folder(root);
    }

    public ValueTask<IStoredBlob?> OpenAsync(BlobKey key, CancellationToken cancellationToken)
    {
        try
        {
            return new(new FileBlob(File.OpenHandle(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((IStoredBlob?)null);
        }
    }

    public ValueTask<IStoredUpload> CreateUploadAsync(string id, CancellationToken cancellationToken) =>
        new(new FileUpload(this, Path.Combine(_uploads, id), FileMode.CreateNew));

    public ValueTask<IStoredUpload?> OpenUploadAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return new(new FileUpload(this, Path.Combine(_uploads, id), FileMode.Open));
        }
        catch (FileNotFoundException)
        {
            return new((IStoredUpload?)null);
        }
    }

    public ValueTask RemoveUploadsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var file in new DirectoryInfo(_uploads).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < before.UtcDateTime) file.Delete();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives a finished, flushed file its key's name; on disk when this returns.</summary>
    internal void Publish(string file, BlobKey key)
    {
        var target = PathOf(key);
        var folder = Path.GetDirectoryName(target)!;
        Ensure(folder);
        File.Move(file, target, overwrite: true);
        DiskSync.Folder(folder);
    }

    /// <summary>
    /// Makes a folder and flushes its parent, at its first use in this process; whoever comes second waits. So no blob is ever acknowledged
    /// in a folder that a power cut could take.
    /// </summary>
    private void Ensure(string folder)
    {
        if (_folders.ContainsKey(folder)) return;
        lock (_making)
        {
            if (_folders.ContainsKey(folder)) return;
            Directory.CreateDirectory(folder);
            DiskSync.Folder(Path.GetDirectoryName(folder)!);
            _folders[folder] = true;
        }
    }

    private string PathOf(BlobKey key)
    {
        var hex = key.Digest.Hex;
        return Path.Join(_blobs, key.Digest.Algorithm.Prefix(), hex[..2], NameOf(key));
    }

    private static string NameOf(BlobKey key) => key.Generation.Length == 0 ? key.Digest.Hex : $"{key.Digest.Hex}.{key.Generation}";
}
