using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Strata.Testing;

/// <summary>Debian's docker-registry on a free port of loopback: a real registry without a list of referrers. Ended and removed when disposed.</summary>
public sealed class DockerRegistry : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private DockerRegistry(int port)
    {
        Address = $"127.0.0.1:{port}";
        var config = _folder.File("config.yml", $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{_folder.Folder("data")}} } }
            http: { addr: {{Address}} }
            """);
        _process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", config]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>Returns when it answers. Skips the test when it is not installed.</summary>
    public static async Task<DockerRegistry> StartAsync()
    {
        RealTool.Require("docker-registry", "docker-registry");
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var registry = new DockerRegistry(port);
        while (!await registry.AnswersAsync())
        {
            if (registry._process.HasExited) throw new InvalidOperationException($"docker-registry did not start: {await registry._process.StandardError.ReadToEndAsync()}");
        }
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(Address.Split(':')[0], int.Parse(Address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
            return true;
        }
        catch (SocketException)
        {
            await Task.Yield();
            return false;
        }
    }
}
