namespace Strata.Containers.Kernel;

/// <summary>Waits for something to happen in a folder or to a file, or for a process to end. Cheaper than .NET's watcher: no thread and no events.</summary>
internal sealed class FolderWatch : IDisposable
{
    /// <summary>How long a wait goes on before it looks whether it is still wanted.</summary>
    private const int Slice = 100;

    private readonly int _watcher = Libc.MakeWatcher(Libc.NonBlocking | Libc.CloseOnExec);

    /// <summary>Where the host has no more watchers for us, every wait ends after a moment, and who waits looks again.</summary>
    /// <exception cref="IOException">The folder is gone.</exception>
    public FolderWatch(string path, uint events)
    {
        if (_watcher < 0) return;
        if (Libc.AddWatch(_watcher, path, events) >= 0) return;
        var failure = Libc.Failure($"cannot watch {path}");
        Dispose();
        throw failure;
    }

    /// <summary>Waits until something has happened since the last call, or the process of <paramref name="processDescriptor"/> has ended.</summary>
    /// <param name="processDescriptor">Less than 0 for none.</param>
    public Task WaitAsync(int processDescriptor, CancellationToken cancellationToken) => Task.Factory.StartNew(() =>
    {
        while (Libc.WaitForAny([_watcher, processDescriptor], Slice) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_watcher < 0) return;
        }
        if (_watcher < 0) return;
        Span<byte> events = stackalloc byte[4096];
        _ = Libc.Read(_watcher, events, events.Length);
    }, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        if (_watcher >= 0) _ = Libc.Close(_watcher);
    }
}
