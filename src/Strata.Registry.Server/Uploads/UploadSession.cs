using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// An upload under way: its bytes in the storage, and the hash of them as far as they have come. One request at a time holds it
/// (<see cref="EnterAsync"/>). The hash is a convenience: after a restart it is missing and the bytes are read again.
/// </summary>
internal sealed class UploadSession : IDisposable
{
    // Never disposed: requests may still be waiting on it when the upload ends, and it holds nothing that needs it.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<ReadOnlyMemory<byte>> _segments = [];
    private DigestAlgorithm _algorithm;
    private IncrementalHash? _hash;
    private IStoredUpload? _stored;

    public long Length => Stored.Length;

    public bool IsOpen => _stored is not null;

    /// <summary>True once committed, removed or not found: whoever was waiting for its turn finds nothing any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>True once this process has let go of it; the storage still has the bytes, and another session may open them.</summary>
    public bool IsForgotten { get; private set; }

    private IStoredUpload Stored => _stored ?? throw new InvalidOperationException("the upload is not open");

    /// <summary>Called once, by the one whose turn it is.</summary>
    public void Open(IStoredUpload stored, DigestAlgorithm algorithm)
    {
        (_stored, _algorithm) = (stored, algorithm);
        if (stored.Length == 0) _hash = algorithm.StartHash();
    }

    public Task EnterAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    public bool TryEnter() => _turn.Wait(0, CancellationToken.None);

    public void Leave() => _turn.Release();

    /// <summary>
    /// Appends a request's body. What arrived before a cut is kept, so that a client may go on from there.
    /// False when there is more than <paramref name="promised"/> or less: then nothing of it is kept. False as well when
    /// <paramref name="reception"/> takes no more: then nothing of the upload is kept.
    /// </summary>
    public async ValueTask<bool> ReceiveAsync(
        PipeReader body, long? promised, DigestAlgorithm? algorithm, Reception reception, CancellationToken cancellationToken)
    {
        var start = Length;
        if (algorithm is { } wanted && wanted != _algorithm && start == 0) Restart(wanted);
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (Length - start + read.Buffer.Length > promised)
                {
                    await CutAsync(start, cancellationToken).ConfigureAwait(false);
                    return false;
                }
                if (!reception.Admits(Length, read.Buffer.Length))
                {
                    await RemoveAsync(cancellationToken).ConfigureAwait(false);
                    return false;
                }
                await AppendAsync(read.Buffer, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // Also when the disk is full: only a body that nobody is reading can be drained, and a client whose body is not drained
                // finds its connection cut instead of the reason.
                body.AdvanceTo(read.Buffer.End);
            }
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

    public async ValueTask CommitAsync(BlobKey key, CancellationToken cancellationToken)
    {
        await Stored.CommitAsync(key, cancellationToken).ConfigureAwait(false);
        IsGone = true;
    }

    public async ValueTask RemoveAsync(CancellationToken cancellationToken)
    {
        IsGone = true;
        await Stored.RemoveAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        IsForgotten = true;
        _hash?.Dispose();
        _stored?.Dispose();
    }

    private async ValueTask AppendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty) return;
        _segments.Clear();
        foreach (var segment in bytes) _segments.Add(segment);
        try
        {
            await Stored.AppendAsync(_segments, bytes.Length, cancellationToken).ConfigureAwait(false);
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
        await Stored.TruncateAsync(length, cancellationToken).ConfigureAwait(false);
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
                var read = await Stored.ReadAsync(buffer, at, cancellationToken).ConfigureAwait(false);
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
