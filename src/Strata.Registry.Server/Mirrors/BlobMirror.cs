using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// Blobs of mirrored repositories: fetched once, however many ask, streamed to all of them while they come, and kept. A fetch goes on when
/// those who asked for it go away: somebody will ask again.
/// </summary>
internal sealed class BlobMirror(
    RegistryDatabase database, IBlobStorage storage, DiskReserve disk, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BlobMirror> logger)
{
    private const int BufferSize = 256 * 1024;
    private readonly ConcurrentDictionary<(string Repository, Digest Digest), GrowingBlob> _growing = new();
    private readonly SingleFlight<(string Repository, Digest Digest), bool> _starts = new();

    /// <summary>The blob, to be disposed; null when upstream does not have it.</summary>
    /// <exception cref="UpstreamException">Upstream has no answer.</exception>
    public async ValueTask<IStoredBlob?> OpenAsync(MirroredRepository home, Digest digest, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_growing.TryGetValue((home.Local, digest), out var growing) && growing.TryRead() is { } reader) return reader;
            if (database.Read((home.Local, digest), static (r, s) => r.Blob(s.Local, s.digest)) is { } here)
                return await storage.OpenAsync(here.Key, cancellationToken).ConfigureAwait(false);
            if (!await _starts.RunAsync((home.Local, digest), () => StartAsync(home, digest), cancellationToken).ConfigureAwait(false)) return null;
        }
    }

    /// <summary>False when upstream does not have the blob; else it is on its way, or here.</summary>
    private async Task<bool> StartAsync(MirroredRepository home, Digest digest)
    {
        // Begun by another between our look and our turn.
        if (_growing.ContainsKey((home.Local, digest))) return true;
        var stopping = lifetime.ApplicationStopping;
        if (await home.Upstream.FindBlobAsync(home.Remote, digest, stopping).ConfigureAwait(false) is not { } size) return false;
        // Upstream lets us have it, and another repository here has the same bytes: nothing is to be fetched.
        if (await database.WriteAsync(w => w.MountBlob(home.Local, digest, Now), stopping).ConfigureAwait(false)) return true;
        if (!disk.HasRoomFor(size)) throw new IOException($"there is no room for the {size} bytes of {digest}", DiskReserve.NoSpace);
        var source = await home.Upstream.OpenBlobAsync(home.Remote, digest, size, stopping).ConfigureAwait(false);
        var id = UploadId.New(home.Local, time.GetUtcNow());
        IStoredUpload upload;
        try
        {
            upload = await storage.CreateUploadAsync(id, stopping).ConfigureAwait(false);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        var growing = new GrowingBlob(upload, size);
        _growing[(home.Local, digest)] = growing;
        _ = Task.Run(() => FetchAsync(home, new BlobKey(digest, UploadId.Generation(id)), source, upload, growing), CancellationToken.None);
        return true;
    }

    private async Task FetchAsync(MirroredRepository home, BlobKey key, Stream source, IStoredUpload upload, GrowingBlob growing)
    {
        try
        {
            await using (source.ConfigureAwait(false)) await CopyAsync(home, key.Digest, source, upload, growing).ConfigureAwait(false);
            await upload.CommitAsync(key, CancellationToken.None).ConfigureAwait(false);
            var unneeded = await database.WriteAsync(w => w.LinkBlob(home.Local, key, growing.Size, Now), CancellationToken.None).ConfigureAwait(false);
            growing.Verified();
            if (unneeded is { } before) await storage.RemoveAsync(before, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it was, everybody who reads must hear of it, and nothing half-fetched may stay.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.FetchFailed(home.Local, key.Digest.ToString(), e.Message);
            growing.Failed(e);
            await upload.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
            await storage.RemoveAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            // From here on the blob is found in the tables, or asked for anew.
            _growing.TryRemove(KeyValuePair.Create((home.Local, key.Digest), growing));
            growing.Leave();
        }
    }

    private async Task CopyAsync(MirroredRepository home, Digest digest, Stream source, IStoredUpload upload, GrowingBlob growing)
    {
        using var hash = digest.Algorithm.StartHash();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var read = await source.ReadAsync(buffer.AsMemory(0, BufferSize), lifetime.ApplicationStopping).ConfigureAwait(false);
                if (read == 0) break;
                if (upload.Length + read > growing.Size) throw new UpstreamException($"{home.Upstream.Registry} sent more than the {growing.Size} bytes of {digest}");
                await upload.AppendAsync([buffer.AsMemory(0, read)], read, CancellationToken.None).ConfigureAwait(false);
                hash.AppendData(buffer, 0, read);
                growing.Grew();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (upload.Length != growing.Size) throw new UpstreamException($"{home.Upstream.Registry} sent {upload.Length} of the {growing.Size} bytes of {digest}");
        var actual = Digest.FromHash(hash.GetCurrentHash(), digest.Algorithm);
        if (actual != digest) throw new UpstreamException($"{home.Upstream.Registry} sent bytes with the digest {actual} for {digest}");
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
