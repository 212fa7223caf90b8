using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;

namespace Strata.Registry.Server;

/// <summary>
/// The one writer. Writes queue up and are committed together: sixteen clients that push at once share one flush to disk, and none of
/// them can meet a locked database. Each write has its own savepoint, so one that fails takes no other with it.
/// </summary>
internal sealed class MetadataWriter : IAsyncDisposable
{
    private const int MostPerCommit = 256;

    private readonly Channel<Write> _queue = Channel.CreateBounded<Write>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly DbConnection _connection;
    private readonly MetadataWrites _writes;
    private readonly RegistryMetrics _metrics;
    private readonly Task _loop;

    public MetadataWriter(DbConnection connection, RegistryMetrics metrics)
    {
        (_connection, _metrics) = (connection, metrics);
        _writes = new MetadataWrites(connection);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Writes that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Runs <paramref name="write"/> in a transaction. When this returns, its changes are on disk.</summary>
    public async ValueTask<T> RunAsync<T>(Func<MetadataWrites, T> write, CancellationToken cancellationToken)
    {
        var item = new Write<T>(write);
        await _queue.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        return await item.Done.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _writes.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task LoopAsync()
    {
        var batch = new List<Write>(MostPerCommit);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < MostPerCommit && _queue.Reader.TryRead(out var item)) batch.Add(item);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Write> batch)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var transaction = _connection.BeginTransaction();
            _writes.Transaction = transaction;
            foreach (var item in batch)
            {
                transaction.Save("w");
                if (!item.Apply(_writes)) transaction.Rollback("w");
                transaction.Release("w");
            }
            transaction.Commit();
            _metrics.Committed(batch.Count, Stopwatch.GetElapsedTime(began));
        }
#pragma warning disable CA1031 // Whatever it was, every waiting client must hear of it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var item in batch) item.Fail(e);
            return;
        }
        foreach (var item in batch) item.Complete();
    }

    private abstract class Write
    {
        /// <summary>False when the write failed and must be rolled back.</summary>
        public abstract bool Apply(MetadataWrites writes);

        public abstract void Complete();

        public abstract void Fail(Exception e);
    }

    private sealed class Write<T>(Func<MetadataWrites, T> write) : Write
    {
        private T? _result;
        private Exception? _fault;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool Apply(MetadataWrites writes)
        {
            try
            {
                _result = write(writes);
                return true;
            }
#pragma warning disable CA1031 // It goes to the one who asked for this write.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _fault = e;
                return false;
            }
        }

        public override void Complete()
        {
            if (_fault is null) Done.SetResult(_result!);
            else Done.SetException(_fault);
        }

        public override void Fail(Exception e) => Done.TrySetException(_fault ?? e);
    }
}
