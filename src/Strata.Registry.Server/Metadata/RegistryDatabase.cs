using System.Collections.Concurrent;

namespace Strata.Registry.Server;

/// <summary>The registry's metadata: many readers, one writer.</summary>
internal sealed class RegistryDatabase : IAsyncDisposable
{
    private const int MostIdleReaders = 8;

    private readonly ConcurrentBag<MetadataReader> _readers = [];
    private readonly IDatabaseProvider _provider;
    private readonly MetadataWriter _writer;

    public RegistryDatabase(IDatabaseProvider provider, TimeProvider time, RegistryMetrics metrics)
    {
        _provider = provider;
        var connection = provider.Open();
        try
        {
            var schema = new DatabaseSchema("registry_schema", Version: 3, [new CountReferences(time), new SumNamespaces()]);
            schema.Ensure<RegistryDbContext>(provider, connection, options => new RegistryDbContext(options));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        _writer = new MetadataWriter(connection, metrics);
    }

    /// <summary>Writes that wait.</summary>
    public int QueueLength => _writer.Waiting;

    public T Read<T, TState>(TState state, Func<MetadataReader, TState, T> read)
    {
        if (!_readers.TryTake(out var reader)) reader = new MetadataReader(_provider.Open());
        try
        {
            return read(reader, state);
        }
        finally
        {
            if (_readers.Count < MostIdleReaders) _readers.Add(reader);
            else reader.Dispose();
        }
    }

    /// <inheritdoc cref="MetadataWriter.RunAsync"/>
    public ValueTask<T> WriteAsync<T>(Func<MetadataWrites, T> write, CancellationToken cancellationToken) => _writer.RunAsync(write, cancellationToken);

    /// <summary>Runs <paramref name="write"/> and undoes all that it did.</summary>
    public async ValueTask TryAsync(Action<MetadataWrites> write, CancellationToken cancellationToken)
    {
        try
        {
            await _writer.RunAsync<bool>(
                w =>
                {
                    write(w);
                    throw new UndoneException();
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (UndoneException)
        {
            // As it was meant to be.
        }
    }

    public bool IsFull(System.Data.Common.DbException error) => _provider.IsFull(error);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        while (_readers.TryTake(out var reader)) reader.Dispose();
    }

    private sealed class UndoneException : Exception;
}
