using System.Diagnostics;

namespace Strata.Testing;

/// <summary>A real hub on a free port of loopback, with a folder of its own; ended and removed with the fixture.</summary>
public sealed class HubProcess : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("strata-hub-");
    private Process? _process;

    /// <summary>What tells the hub where to work, instead of a data folder of its own.</summary>
    public string[]? Arguments { get; init; }

    /// <summary>Host and port.</summary>
    public string Address { get; private set; } = "";

    public string Data => _data.FullName;

    public async ValueTask InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Checkout.Program("Strata.Web", "strata-web"), ["hub", "--listen", "127.0.0.1:0", .. Arguments ?? ["--data", Data]])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the hub did not start");
        Address = line[(line.LastIndexOf('/') + 1)..].Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        _data.Delete(recursive: true);
    }
}
