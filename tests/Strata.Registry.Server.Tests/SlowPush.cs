using System.Net.Sockets;
using System.Text;

namespace Strata.Registry.Server.Tests;

/// <summary>A PATCH that has been begun over a socket of its own, and waits for the rest of its body.</summary>
internal sealed class SlowPush : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    /// <param name="registry">The registry's address.</param>
    /// <param name="folder">Its data folder.</param>
    /// <param name="location">The upload's.</param>
    /// <param name="length">The length that the request promises.</param>
    /// <param name="first">What of it is sent, and has arrived when this returns.</param>
    public static async Task<SlowPush> BeginAsync(Uri registry, string folder, string location, int length, byte[] first)
    {
        var push = new SlowPush();
        await push._socket.ConnectAsync(registry.Host, registry.Port);
        await push._socket.SendAsync(Encoding.ASCII.GetBytes($"PATCH {location} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"));
        await push._socket.SendAsync(first);
        var file = new FileInfo(Path.Combine(folder, "uploads", location[(location.LastIndexOf('/') + 1)..]));
        while (file.Length < first.Length)
        {
            await Task.Yield();
            file.Refresh();
        }
        return push;
    }

    /// <summary>Sends the rest; returns the answer's first line and headers.</summary>
    public async Task<string> FinishAsync(byte[] rest)
    {
        await _socket.SendAsync(rest);
        var answer = new byte[4000];
        return Encoding.ASCII.GetString(answer, 0, await _socket.ReceiveAsync(answer));
    }

    public void Dispose() => _socket.Dispose();
}
