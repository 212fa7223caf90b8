namespace Strata.Registry.Server;

/// <summary>
/// A blob that is being fetched, for any number of readers. They get its bytes as these come, all but the last: that one is given out when the
/// digest is known to be right, so that no client can take damaged bytes for whole ones.
/// </summary>
internal sealed class GrowingBlob(IStoredUpload upload, long size)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _fault;
    private bool _isVerified;
    private int _users = 1;

    public long Size => size;

    /// <summary>A reader, to be disposed; null when the fetch is over and its bytes are in the storage.</summary>
    public IStoredBlob? TryRead()
    {
        lock (_lock)
        {
            if (_users == 0) return null;
            _users++;
            return new Reader(this);
        }
    }

    /// <summary>Says that more bytes can be read from the upload.</summary>
    public void Grew() => Announce(() => { });

    public void Verified() => Announce(() => _isVerified = true);

    public void Failed(Exception fault) => Announce(() => _fault = fault);

    /// <summary>The one who fetches, or a reader, is done; the last lets go of the upload.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_users > 0) return;
        }
        upload.Dispose();
    }

    private void Announce(Action change)
    {
        TaskCompletionSource news;
        lock (_lock)
        {
            change();
            (news, _news) = (_news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        news.SetResult();
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news;
            long ready;
            lock (_lock)
            {
                if (_fault is not null) throw new IOException($"the fetch of the blob failed: {_fault.Message}", _fault);
                if (_isVerified && offset >= size) return 0;
                ready = (_isVerified ? size : Math.Min(upload.Length, size - 1)) - offset;
                news = _news.Task;
            }
            if (ready > 0) return await upload.ReadAsync(buffer.Length > ready ? buffer[..(int)ready] : buffer, offset, cancellationToken).ConfigureAwait(false);
            await news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Reader(GrowingBlob blob) : IStoredBlob
    {
        private bool _isDone;

        public long Size => blob.Size;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
            blob.ReadAsync(buffer, offset, cancellationToken);

        public void Dispose()
        {
            if (_isDone) return;
            _isDone = true;
            blob.Leave();
        }
    }
}
