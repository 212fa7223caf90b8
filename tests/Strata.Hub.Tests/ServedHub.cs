using System.Diagnostics;
using System.Globalization;

namespace Strata.Hub.Tests;

/// <summary>The program strata-web as a hub, with a configuration; ended with the test.</summary>
internal sealed class ServedHub : IDisposable
{
    private readonly Process _process;

    private ServedHub(Process process, string address) => (_process, Client) = (process, new HttpClient { BaseAddress = new Uri(address) });

    public HttpClient Client { get; }

    /// <summary>Without a slash at its end.</summary>
    public string Address => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>Host and port.</summary>
    public string Registry => Client.BaseAddress!.Authority;

    public StreamReader Errors => _process.StandardError;

    /// <param name="folder">For the configuration, and the data in <c>data</c>.</param>
    /// <param name="settings">What stands in the configuration: <c>"section": { ... }</c>.</param>
    public static async Task<ServedHub> StartAsync(string folder, string settings, params (string Name, string Value)[] variables)
    {
        var file = Path.Combine(folder, "hub.json");
        await File.WriteAllTextAsync(file, $$"""{ "data": "data", "listen": "127.0.0.1:0", {{settings}} }""");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "strata-web.dll"), "hub", "--config", file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return new ServedHub(process, line["Strata hub listens on ".Length..]);
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<(int Code, string Errors)> EndAsync()
    {
        var errors = await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
