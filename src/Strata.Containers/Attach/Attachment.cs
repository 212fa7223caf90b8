using System.Net.Sockets;
using Strata.Containers.Attach;
using Strata.Containers.Kernel;
using Strata.Containers.Records;

namespace Strata.Containers;

/// <summary>Standard input and output of a running container, as its monitor has them.</summary>
public sealed class Attachment : IDisposable
{
    /// <summary>The first byte of a packet says which stream it is of.</summary>
    private const byte StandardError = 3;

    /// <summary>More than the monitor sends at once.</summary>
    private const int PacketSize = 64 * 1024;

    /// <summary>The monitor takes no more at once.</summary>
    private const int InputSize = 8192;

    private readonly Socket _socket;
    private readonly string _controlFile;

    private Attachment(Socket socket, string controlFile) => (_socket, _controlFile) = (socket, controlFile);

    internal static Attachment Connect(ContainerFolder folder, ContainerRecord record) => Connect(folder.Path, record.Name);

    internal static Attachment Connect(string folder, string name)
    {
        // A path of a socket has 108 bytes at most; through a descriptor it is short.
        var descriptor = Libc.Open(folder, Libc.PathOnly | Libc.CloseOnExec, 0);
        if (descriptor < 0) throw Libc.Failure($"cannot open {folder}");
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint($"/proc/self/fd/{descriptor}/attach"));
            return new Attachment(socket, Path.Combine(folder, "ctl"));
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ContainerException($"cannot attach to {name}: {e.Message}", "its monitor is gone; the container has ended, or goes on without", e);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    /// <summary>Hands on all that the container writes, until it ends.</summary>
    public async Task CopyOutputAsync(Stream output, Stream errors, CancellationToken cancellationToken)
    {
        var packet = new byte[PacketSize];
        while (true)
        {
            int n;
            try
            {
                n = await _socket.ReceiveAsync(packet.AsMemory(), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                return; // the monitor has ended
            }
            if (n <= 0) return;
            var target = packet[0] == StandardError ? errors : output;
            await target.WriteAsync(packet.AsMemory(1, n - 1), cancellationToken).ConfigureAwait(false);
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Hands on input to its end, which the container sees, too.</summary>
    /// <param name="detachKeys">Bytes that end it before; empty for none.</param>
    /// <returns>True when it was ended by those keys.</returns>
    public async Task<bool> CopyInputAsync(Stream input, ReadOnlyMemory<byte> detachKeys, CancellationToken cancellationToken)
    {
        var buffer = new byte[InputSize];
        var keys = new DetachKeys(detachKeys);
        try
        {
            for (int n; (n = await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                var passed = keys.Pass(buffer.AsMemory(0, n), out var isDetached);
                for (var sent = 0; sent < passed.Length; sent += InputSize)
                    await _socket.SendAsync(passed.Slice(sent, Math.Min(InputSize, passed.Length - sent)), SocketFlags.None, cancellationToken).ConfigureAwait(false);
                if (isDetached) return true;
            }
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The container has ended first; what is typed now is for nobody.
        }
        return false;
    }

    /// <summary>Tells the terminal of the container how large ours is.</summary>
    public void Resize(int rows, int columns)
    {
        try
        {
            File.AppendAllText(_controlFile, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"1 {rows} {columns}\n"));
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    public void Dispose() => _socket.Dispose();
}
