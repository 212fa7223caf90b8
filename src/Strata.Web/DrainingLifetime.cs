using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>A first signal to stop lets the server drain; a second one ends the process at once.</summary>
internal sealed class DrainingLifetime(Drain drain, IHostApplicationLifetime application, IOptions<HostOptions> host) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // What is not cancelled does what the signal always does.
        if (Interlocked.Increment(ref _signals) > 1) return;
        context.Cancel = true;
        _ = DrainAsync();
    }

    private async Task DrainAsync()
    {
        var left = await drain.RunAsync(CancellationToken.None).ConfigureAwait(false);
        // The server itself needs a moment to close, even when nothing may run any longer.
        host.Value.ShutdownTimeout = left + TimeSpan.FromSeconds(1);
        application.StopApplication();
    }
}
