using System.Net.Sockets;

namespace Strata.Build.Steps;

/// <summary>
/// A socket of one step that leads to an agent of this machine: with the owner and mode that the step asks for, while the agent's own stays its owner's.
/// </summary>
internal sealed class AgentSocket : IDisposable
{
    private const int Waiting = 16;
    private readonly DirectoryInfo _folder;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly UnixDomainSocketEndPoint _agent;

    /// <exception cref="BuildException">Nobody answers at the agent's socket.</exception>
    public AgentSocket(string agent, int mode, int uid, int gid)
    {
        _agent = new UnixDomainSocketEndPoint(agent);
        TryAgent(agent);
        // Not below the store: a socket's path may have a hundred characters.
        _folder = Directory.CreateTempSubdirectory("strata-ssh-");
        Path = System.IO.Path.Combine(_folder.FullName, "agent");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        Owners.Set(Path, uid, gid);
        File.SetUnixFileMode(Path, (UnixFileMode)mode);
        _listener.Listen(Waiting);
        _ = ServeAsync();
    }

    public string Path { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _folder.Delete(recursive: true);
        _stop.Dispose();
    }

    private void TryAgent(string agent)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            connection.Connect(_agent);
        }
        catch (SocketException e)
        {
            throw new BuildException($"no ssh agent answers at {agent}: {e.Message}", "start one (eval $(ssh-agent)), add a key (ssh-add), and name its socket: --ssh default=$SSH_AUTH_SOCK", e);
        }
    }

    private async Task ServeAsync()
    {
        var stop = _stop.Token;
        try
        {
            while (true) _ = PassAsync(await _listener.AcceptAsync(stop).ConfigureAwait(false), stop);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The step is over.
        }
    }

    private async Task PassAsync(Socket asking, CancellationToken stop)
    {
        using var agent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await agent.ConnectAsync(_agent, stop).ConfigureAwait(false);
            var (mine, its) = (new NetworkStream(asking, ownsSocket: true), new NetworkStream(agent));
            await using (mine.ConfigureAwait(false))
            {
                await using (its.ConfigureAwait(false))
                    await Task.WhenAny(mine.CopyToAsync(its, stop), its.CopyToAsync(mine, stop)).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            asking.Dispose(); // whoever asked sees that it is closed
        }
    }
}
