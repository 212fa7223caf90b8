using System.ComponentModel;
using Strata.Containers.Kernel;

namespace Strata.Containers.Networks;

/// <summary>
/// The chains that netavark makes once and leaves: when no container is in a network any more, they are taken away as well. Each table goes
/// whole or not at all, and iptables refuses where somebody else (podman, too, works with netavark) still has rules in them.
/// </summary>
internal static class FirewallFrame
{
    private const string Filter = """
        *filter
        -D FORWARD -m comment --comment "netavark firewall plugin rules" -j NETAVARK_FORWARD
        -X NETAVARK_FORWARD
        COMMIT

        """;

    private const string Nat = """
        *nat
        -D PREROUTING -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
        -D OUTPUT -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
        -D POSTROUTING -j NETAVARK-HOSTPORT-MASQ
        -D NETAVARK-HOSTPORT-MASQ -m comment --comment "netavark portfw masq mark" -m mark --mark 0x2000/0x2000 -j MASQUERADE
        -D NETAVARK-HOSTPORT-SETMARK -j MARK --set-xmark 0x2000/0x2000
        -X NETAVARK-HOSTPORT-DNAT
        -X NETAVARK-HOSTPORT-MASQ
        -X NETAVARK-HOSTPORT-SETMARK
        COMMIT

        """;

    public static async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var program in new[] { "iptables-restore", "ip6tables-restore" })
            foreach (var table in new[] { Filter, Nat }) await RestoreAsync(program, table, cancellationToken).ConfigureAwait(false);
    }

    private static async Task RestoreAsync(string program, string table, CancellationToken cancellationToken)
    {
        try
        {
            // Why it refuses is no matter: then somebody needs them, or they are not there.
            _ = await SystemProgram.RunAsync(program, ["--noflush", "--wait"], table, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            // Without iptables there are no chains.
        }
    }
}
