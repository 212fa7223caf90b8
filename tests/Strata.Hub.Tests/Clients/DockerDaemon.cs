using System.Diagnostics;
using Strata.Testing;

namespace Strata.Hub.Tests;

/// <summary>A Docker daemon of its own, without a network: it pulls, pushes and searches, and runs nothing.</summary>
public sealed class DockerDaemon : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Process? _daemon;

    private string Socket => "unix://" + _folder.Below("socket");

    public async ValueTask InitializeAsync()
    {
        if (!Environment.IsPrivilegedProcess || !RealTool.Has("dockerd")) return; // each test says why it skips
        _daemon = Process.Start(new ProcessStartInfo(
            "dockerd",
            [
                "--host", Socket, "--data-root", _folder.Below("data"), "--exec-root", _folder.Below("exec"), "--pidfile", _folder.Below("pid"),
                "--config-file", _folder.File("daemon.json", "{}"), "--storage-driver", "vfs",
                "--bridge", "none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false",
            ])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        // It says so when it listens; what it says afterwards is read so that it never waits for us.
        while (await _daemon.StandardError.ReadLineAsync() is { } line)
            if (line.Contains("API listen on", StringComparison.Ordinal)) break;
        _ = _daemon.StandardError.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            await RealTool.RunAsync("kill", "-TERM", _daemon.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await _daemon.WaitForExitAsync();
            _daemon.Dispose();
        }
        _folder.Dispose();
    }

    /// <summary>Runs the docker command line against this daemon; it must succeed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        RealTool.Require("dockerd", "docker.io");
        RealTool.RequireRoot("a Docker daemon");
        return await RealTool.RunAsync("docker", ["--host", Socket, "--config", _folder.Folder("config"), .. arguments]);
    }

    /// <summary>An image of one file under a name, as nothing else has it.</summary>
    public async Task ImportAsync(string name)
    {
        _folder.File("root/content", Guid.NewGuid().ToString());
        await RealTool.RunAsync("tar", "-cf", _folder.Below("layer.tar"), "-C", _folder.Below("root"), "content");
        await RunAsync("import", _folder.Below("layer.tar"), name);
    }
}
