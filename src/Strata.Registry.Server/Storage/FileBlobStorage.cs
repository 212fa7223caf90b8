using System.Globalization;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Blobs as files: <c>uploads/ID</c>, then <c>blobs/ALGORITHM/2 HEX/HEX</c>.</summary>
internal sealed class FileBlobStorage : IBlobStorage
{
    private readonly string _blobs;
    private readonly string _uploads;

    public FileBlobStorage(string root)
    {
        _blobs = Path.Combine(root, "blobs");
        _uploads = Path.Combine(root, "uploads");
        Directory.CreateDirectory(_uploads);
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>()) MakeFolders(Path.Combine(_blobs, algorithm.Prefix()));
        DiskSync.Folder(_blobs);
        DiskSync.Folder(root);
    }

    public ValueTask<IStoredBlob?> OpenAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            return new(new FileBlob(File.OpenHandle(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));
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

    /// <summary>Gives a finished, flushed file its digest's name; on disk when this returns.</summary>
    internal void Publish(string file, Digest digest)
    {
        var target = PathOf(digest);
        File.Move(file, target, overwrite: true);
        DiskSync.Folder(Path.GetDirectoryName(target)!);
    }

    // All at once and flushed, so that no blob is ever acknowledged in a folder that a power cut could take.
    private static void MakeFolders(string algorithm)
    {
        if (Directory.Exists(Path.Combine(algorithm, "ff"))) return;
        for (var i = 0; i < 256; i++) Directory.CreateDirectory(Path.Combine(algorithm, i.ToString("x2", CultureInfo.InvariantCulture)));
        DiskSync.Folder(algorithm);
    }

    private string PathOf(Digest digest)
    {
        var hex = digest.Hex;
        return Path.Join(_blobs, digest.Algorithm.Prefix(), hex.AsSpan(0, 2), hex);
    }
}
