using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Whom a limit is counted for: an account, else an address. Of an IPv6 address the first half: one client has the whole second half.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClientKey(string? Account, UInt128 Address)
{
    public static ClientKey OfAddress(HttpContext context) => new(Account: null, NumberOf(context.Connection.RemoteIpAddress));

    public static ClientKey Of(HttpContext context) =>
        RegistryCaller.Of(context) is { Account: { } account } ? new ClientKey(account, default) : OfAddress(context);

    private static UInt128 NumberOf(IPAddress? address)
    {
        // Over a socket file there is no address: all who may open it are one client.
        if (address is null) return default;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6) bytes[8..].Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
