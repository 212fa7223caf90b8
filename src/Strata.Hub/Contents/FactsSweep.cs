using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Removes what is known of layers and images that the registry has no more: at the start and once a day.</summary>
internal sealed class FactsSweep(ContentFacts facts, IRegistryContent registry, TimeProvider time, ILogger<FactsSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do Sweep(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The hub stops; the next start goes on.
        }
    }

    internal void Sweep(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(facts.Folder)) return;
        try
        {
            foreach (var kind in Directory.EnumerateDirectories(facts.Folder))
                foreach (var algorithm in Directory.EnumerateDirectories(kind))
                    foreach (var path in Directory.EnumerateFileSystemEntries(algorithm))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        Consider(path, Path.GetFileName(algorithm));
                    }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.SweepFailed(e);
        }
    }

    private void Consider(string path, string algorithm)
    {
        // What is being written has another name, and is somebody's at this moment.
        var name = Path.GetFileName(path);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (!Digest.TryParse($"{algorithm}:{(dot < 0 ? name : name[..dot])}", provider: null, out var digest) || registry.IsStored(digest)) return;
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }
}
