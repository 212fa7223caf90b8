using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// An upload under way: its bytes in the storage, and the hash of them as far as they have come. One request at a time holds it
/// (<see cref="EnterAsync"/>). The hash is a convenience: after a restart it is missing and the bytes are read again.
/// </summary>
internal sealed class UploadSession(IStoredUpload stored, DigestAlgorithm algorithm) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<ReadOnlyMemory<byte>> _segments = [];
    private DigestAlgorithm _algorithm = algorithm;
    private IncrementalHash? _hash = stored.Length == 0 ? algorithm.StartHash() : null;

    public long Length => stored.Length;

    /// <summary>True once committed or removed: whoever was waiting for its turn finds nothing any more.</summary>
    public bool IsGone { get; private set; }

    public Task EnterAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    public bool TryEnter() => _turn.Wait(0, CancellationToken.None);

    public void Leave() => _turn.Release();

    /// <summary>
    /// Appends a request's body. What arrived before a cut is kept, so that a client may go on from there.
    /// False when there is more than <paramref name="promised"/> or less: then nothing of it is kept.
    /// </summary>
    public async ValueTask<bool> ReceiveAsync(PipeReader body, long? promised, DigestAlgorithm? algorithm, CancellationToken cancellationToken)
    {
        var start = Length;
        if (algorithm is { } wanted && wanted != _algorithm && start == 0) Restart(wanted);
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (Length - start + read.Buffer.Length > promised)
            {
                body.AdvanceTo(read.Buffer.End);
                await CutAsync(start, cancellationToken).ConfigureAwait(false);
                return false;
            }
            await AppendAsync(read.Buffer, cancellationToken).ConfigureAwait(false);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        if (promised is null || Length - start == promised) return true;
        await CutAsync(start, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>The digest of all bytes so far.</summary>
    public async ValueTask<Digest> DigestAsync(DigestAlgorithm algorithm, CancellationToken cancellationToken)
    {
        if (_hash is null || _algorithm != algorithm)
        {
            Restart(algorithm);
            await ReadBackAsync(cancellationToken).ConfigureAwait(false);
        }
        return Digest.FromHash(_hash!.GetCurrentHash(), algorithm);
    }

    public async ValueTask CommitAsync(Digest digest, CancellationToken cancellationToken)
    {
        await stored.CommitAsync(digest, cancellationToken).ConfigureAwait(false);
        IsGone = true;
    }

    public async ValueTask RemoveAsync(CancellationToken cancellationToken)
    {
        IsGone = true;
        await stored.RemoveAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _hash?.Dispose();
        stored.Dispose();
        _turn.Dispose();
    }

    private async ValueTask AppendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty) return;
        _segments.Clear();
        foreach (var segment in bytes) _segments.Add(segment);
        try
        {
            await stored.AppendAsync(_segments, bytes.Length, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // How much was written is not known; the hash no longer fits the bytes.
            Forget();
            throw;
        }
        if (_hash is null) return;
        foreach (var segment in _segments) _hash.AppendData(segment.Span);
    }

    private async ValueTask CutAsync(long length, CancellationToken cancellationToken)
    {
        if (Length == length) return;
        Forget();
        await stored.TruncateAsync(length, cancellationToken).ConfigureAwait(false);
        if (length == 0) Restart(_algorithm);
    }

    private void Forget()
    {
        _hash?.Dispose();
        _hash = null;
    }

    private void Restart(DigestAlgorithm algorithm)
    {
        Forget();
        _algorithm = algorithm;
        _hash = algorithm.StartHash();
    }

    private async ValueTask ReadBackAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            for (long at = 0; at < Length;)
            {
                var read = await stored.ReadAsync(buffer, at, cancellationToken).ConfigureAwait(false);
                if (read == 0) throw new EndOfStreamException($"the upload ended at {at} of {Length} bytes");
                _hash!.AppendData(buffer, 0, read);
                at += read;
            }
        }
        catch
        {
            Forget();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
