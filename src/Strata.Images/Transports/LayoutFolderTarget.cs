using System.Security.Cryptography;
using Strata.Content;
using Strata.Images.Archives;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>
/// An OCI image layout in a folder (image-layout.md), with nothing else in it. Other images that it has stay. Not the store's own class: that
/// one keeps locks and derived files beside, which have no place in what people hand on.
/// </summary>
internal sealed class LayoutFolderTarget(string folder, string? tag) : IImageTarget
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public int Concurrency => 4;

    public bool HoldsIndexes => true;

    public Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(blob.Digest));
        return Task.FromResult(file is { Exists: true, LinkTarget: null } && file.Length == blob.Size);
    }

    public async Task PutLayerAsync(
        Descriptor layer, Digest? diffId, Func<CancellationToken, Task<Stream>> open, Action<int> advance, CancellationToken cancellationToken)
    {
        var source = await open(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
            await WriteAsync(layer.Digest, (target, token) => PumpAsync(source, target, advance, token), cancellationToken).ConfigureAwait(false);
    }

    public async Task PutDocumentAsync(FetchedManifest document, CancellationToken cancellationToken)
    {
        if (await HasBlobAsync(document.Descriptor, cancellationToken).ConfigureAwait(false)) return;
        await WriteAsync(document.Descriptor.Digest, (target, token) => RandomAccess.WriteAsync(target.SafeFileHandle, document.Bytes, 0, token).AsTask(), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task NameAsync(FetchedManifest top, CancellationToken cancellationToken)
    {
        await PutDocumentAsync(top, cancellationToken).ConfigureAwait(false);
        var version = Path.Combine(folder, LayoutDocuments.VersionPath);
        if (!File.Exists(version)) DurableFile.Write(version, LayoutDocuments.Version);
        // Two that name at once must not lose one another's; the layout has no file for that, so its version's is locked.
        using var held = FileLock.Exclusive(version);
        using var files = new FolderFiles(folder);
        var before = await LayoutDocuments.ReadIndexAsync(files, cancellationToken).ConfigureAwait(false)
            ?? new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [] };
        var entry = top.Descriptor;
        if (tag is not null) entry = entry with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [ContentAnnotations.RefName] = tag } };
        var kept = before.Manifests.Where(m => RefName(m) != tag || (tag is null && m.Digest != top.Descriptor.Digest));
        DurableFile.Write(Path.Combine(folder, LayoutDocuments.IndexPath), (before with { Manifests = [.. kept, entry] }).ToBytes());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string? RefName(Descriptor entry) => entry.Annotations?.GetValueOrDefault(ContentAnnotations.RefName);

    private static async Task PumpAsync(Stream source, FileStream target, Action<int> advance, CancellationToken cancellationToken)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            long at = 0;
            for (int n; (n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; at += n)
            {
                RandomAccess.Write(target.SafeFileHandle, buffer.AsSpan(0, n), at);
                advance(n);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The blob appears whole or not at all. The source verified what was written.</summary>
    private async Task WriteAsync(Digest digest, Func<FileStream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{digest.Short}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        try
        {
            var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = Readable });
            await using (file.ConfigureAwait(false))
            {
                await write(file, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string PathOf(Digest digest) => Path.Combine(folder, LayoutDocuments.BlobPath(digest));
}
