using System.Buffers;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// Reads blobs and compares them with their digests. Damaged bytes are taken out of use: the blob is unknown until a push or a mirror brings
/// it again, which a client does by itself when it is told that the registry does not have it.
/// </summary>
internal sealed class Scrubber(RegistryDatabase database, IBlobStorage storage, TimeProvider time, ILogger<Scrubber> logger)
{
    private const int Batch = 64;
    private const int BufferSize = 1024 * 1024;

    /// <summary>Checks all blobs that were last checked before a time, the longest unchecked first.</summary>
    /// <param name="before">The time.</param>
    /// <param name="bytesPerSecond">The most to read; null for as fast as the storage gives.</param>
    /// <param name="cancellationToken">Ends it between two reads; what is checked stays checked.</param>
    public async ValueTask<ScrubResult> ScrubAsync(DateTimeOffset before, long? bytesPerSecond, CancellationToken cancellationToken)
    {
        var result = new ScrubResult();
        var pace = new Pace(bytesPerSecond, time);
        while (true)
        {
            var batch = database.Read(before.ToUnixTimeMilliseconds(), static (r, b) => r.Unchecked(b, Batch));
            if (batch.Count == 0) return result;
            foreach (var blob in batch)
            {
                var fault = await FaultAsync(blob, pace, cancellationToken).ConfigureAwait(false);
                await RecordAsync(blob.Key, fault).ConfigureAwait(false);
                result = result.With(blob, fault is not null);
            }
        }
    }

    private async ValueTask RecordAsync(BlobKey key, string? fault)
    {
        // A check that ends later than it began must still count as after the time that it was asked for.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var current = await database.WriteAsync(w => w.Checked(key, fault is not null, now), CancellationToken.None).ConfigureAwait(false);
        if (fault is null || !current) return;
        logger.BlobDamaged(key.Digest.ToString(), fault);
        await storage.QuarantineAsync(key, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>What is wrong with the bytes; null when nothing is.</summary>
    private async ValueTask<string?> FaultAsync(StoredEntry stored, Pace pace, CancellationToken cancellationToken)
    {
        using var blob = await storage.OpenAsync(stored.Key, cancellationToken).ConfigureAwait(false);
        if (blob is null) return "its bytes are gone";
        if (blob.Size != stored.Size) return $"it has {blob.Size} bytes and not {stored.Size}";
        using var hash = stored.Key.Digest.Algorithm.StartHash();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long at = 0; at < stored.Size;)
            {
                var read = await blob.ReadAsync(buffer.AsMemory(0, BufferSize), at, cancellationToken).ConfigureAwait(false);
                if (read == 0) return $"it ends after {at} bytes";
                hash.AppendData(buffer, 0, read);
                at += read;
                await pace.SpendAsync(read, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException e)
        {
            // A disk that cannot give the bytes any more has lost them.
            return e.Message;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        var actual = Digest.FromHash(hash.GetCurrentHash(), stored.Key.Digest.Algorithm);
        return actual == stored.Key.Digest ? null : $"its bytes have the digest {actual}";
    }
}
