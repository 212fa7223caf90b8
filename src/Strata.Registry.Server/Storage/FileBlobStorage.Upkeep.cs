using System.Runtime.CompilerServices;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What garbage collection and the scrubber need.</summary>
internal sealed partial class FileBlobStorage
{
    public ValueTask RemoveAsync(BlobKey key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing of that digest was ever here.
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask QuarantineAsync(BlobKey key, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_quarantine);
        try
        {
            File.Move(PathOf(key), Path.Join(_quarantine, $"{key.Digest.Algorithm.Prefix()}-{NameOf(key)}"), overwrite: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Lost altogether: there is nothing to keep.
        }
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<StoredKey> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>())
        {
            foreach (var folder in new DirectoryInfo(Path.Combine(_blobs, algorithm.Prefix())).EnumerateDirectories())
            {
                cancellationToken.ThrowIfCancellationRequested();
                // One folder at a time is held in memory: removing while listing would skip entries.
                foreach (var file in folder.GetFiles())
                    if (TryParse(algorithm, file.Name, out var key) && file.Exists) yield return new StoredKey(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
                await Task.Yield();
            }
        }
    }

    private static bool TryParse(DigestAlgorithm algorithm, string name, out BlobKey key)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var hex = dot < 0 ? name : name[..dot];
        var valid = Digest.TryParse($"{algorithm.Prefix()}:{hex}", out var digest);
        key = new BlobKey(digest, dot < 0 ? "" : name[(dot + 1)..]);
        return valid;
    }
}
