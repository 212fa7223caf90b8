using System.Net;
using System.Net.Sockets;
using Strata.Containers.Networks;
using Strata.Testing;

namespace Strata.Containers.Tests.Networks;

/// <summary>Real bridges, name servers and firewall rules of this machine; each test sees that all are gone afterwards.</summary>
[Collection(MachineNetworks.Name)]
public sealed class AttachTests : IAsyncLifetime
{
    private readonly TemporaryFolder _root = new();
    private readonly List<System.Diagnostics.Process> _running = [];
    private string _before = "";

    private ContainerNetworks Networks => new(_root.Path, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        RealTool.RequireRoot("makes network namespaces");
        RealTool.Require("iptables-save", "iptables");
        RealTool.Require("python3", "python3");
        if (!File.Exists("/usr/lib/podman/netavark") || !File.Exists("/usr/lib/podman/aardvark-dns")) Assert.Skip("netavark is not installed; apt-get install netavark aardvark-dns");
        await FirewallFrame.RemoveAsync(CancellationToken.None);
        _before = Machine();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        if (_before.Length > 0)
        {
            await Networks.SettleAsync(_ => false, CancellationToken.None);
            Machine().ShouldBe(_before);
        }
        _root.Dispose();
    }

    [Fact]
    public async Task A_published_port_leads_into_the_container()
    {
        var result = await AttachAsync('a', "web", ["bridge"], "127.0.0.1::8080");
        Serve(result, "hello from web");
        result.Ports.Single().HostPort.ShouldBeGreaterThan(0);
        (await ReadAsync("127.0.0.1", result.Ports.Single().HostPort)).ShouldBe("hello from web");
        var endpoint = result.Endpoints["bridge"];
        endpoint.MacAddress.ShouldStartWith("02:42:");
        Networks.Members(Networks.Find("bridge")).ShouldBe([new NetworkMember(Id('a'), "web", endpoint)]);
        (await ReadAsync(endpoint.Ipv4, 8080)).ShouldBe("hello from web");
        await Networks.DetachAsync(Id('a'), CancellationToken.None);
        await Networks.DetachAsync(Id('a'), CancellationToken.None);
        Machine().ShouldBe(_before);
    }

    [Fact]
    public async Task Containers_find_each_other_by_name_on_each_network_they_share()
    {
        Networks.Create(new NetworkOptions { Name = "front" });
        Networks.Create(new NetworkOptions { Name = "back" });
        var web = await AttachAsync('a', "web", ["front"]);
        var app = await Networks.AttachAsync(new AttachRequest
        {
            ContainerId = Id('b'),
            Name = "app",
            Attachments = [new NetworkAttachment { Network = "front" }, new NetworkAttachment { Network = "back", Aliases = ["api"] }],
        }, CancellationToken.None);
        var db = await AttachAsync('c', "db", ["back"]);
        Ask(web, "app").ShouldBe(app.Endpoints["front"].Ipv4);
        Ask(db, "app").ShouldBe(app.Endpoints["back"].Ipv4);
        Ask(db, "api").ShouldBe(app.Endpoints["back"].Ipv4);
        Ask(app, "web").ShouldBe(web.Endpoints["front"].Ipv4);
        Ask(app, "db", server: 1).ShouldBe(db.Endpoints["back"].Ipv4);
        Ask(app, Id('a')[..12]).ShouldBe(web.Endpoints["front"].Ipv4);
    }

    [Fact]
    public async Task A_container_joins_a_network_and_leaves_it()
    {
        Networks.Create(new NetworkOptions { Name = "later" });
        await AttachAsync('b', "db", ["later"]);
        await AttachAsync('a', "web", ["bridge"]);
        var joined = await Networks.ConnectAsync(Id('a'), new NetworkAttachment { Network = "later", Aliases = ["www"] }, CancellationToken.None);
        joined.Endpoints["later"].Interface.ShouldBe("eth1");
        Networks.Members(Networks.Find("later")).Select(m => m.Name).ShouldBe(["db", "web"]);
        (await Should.ThrowAsync<ContainerException>(() => Networks.ConnectAsync(Id('a'), new NetworkAttachment { Network = "later" }, CancellationToken.None)))
            .Message.ShouldBe("endpoint with name web already exists in network later");
        Should.Throw<ContainerException>(() => Networks.Remove("later")).Message.ShouldStartWith("error while removing network: network later has active endpoints (name:\"db\"");
        await Networks.DisconnectAsync(Id('a'), "later", CancellationToken.None);
        Networks.Members(Networks.Find("later")).Select(m => m.Name).ShouldBe(["db"]);
        (await Should.ThrowAsync<ContainerException>(() => Networks.DisconnectAsync(Id('a'), "later", CancellationToken.None)))
            .Message.ShouldBe($"container {Id('a')[..12]} is not connected to network later");
        await Networks.DetachAsync(Id('b'), CancellationToken.None);
        Networks.Remove("later");
    }

    [Fact]
    public async Task A_port_that_is_taken_says_by_whom()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var refused = await Should.ThrowAsync<ContainerException>(() => AttachAsync('a', "web", ["bridge"], $"127.0.0.1:{port}:80"));
        refused.Message.ShouldBe($"Bind for 127.0.0.1:{port} failed: port is already allocated");
        refused.Advice!.ShouldContain($"(process {Environment.ProcessId})");
        Machine().ShouldBe(_before);
        listener.Stop();

        await AttachAsync('a', "web", ["bridge"], $"127.0.0.1:{port}:80");
        refused = await Should.ThrowAsync<ContainerException>(() => AttachAsync('b', "other", ["bridge"], $"{port}:80"));
        refused.Advice!.ShouldContain($"the container web ({Id('a')[..12]})");
        (await AttachAsync('b', "other", ["bridge"], $"127.0.0.1:{port}-{port + 20}:80")).Ports.Single().HostPort.ShouldBeGreaterThan(port);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_killed_process_left_is_taken_away(bool namespaceIsGone)
    {
        var result = await AttachAsync('a', "web", ["bridge"], "127.0.0.1::80/tcp", "127.0.0.1::53/udp");
        await AttachAsync('b', "stays", ["bridge"]);
        if (namespaceIsGone) NetworkNamespace.Remove(result.NamespacePath);
        (await Networks.SettleAsync(id => id == Id('b'), CancellationToken.None)).ShouldBe(1);
        (await Networks.SettleAsync(id => id == Id('b'), CancellationToken.None)).ShouldBe(0);
        Networks.Members(Networks.Find("bridge")).Select(m => m.Name).ShouldBe(["stays"]);
        RealTool.Output("iptables-save").ShouldNotContain("DNAT --to");
        (await Networks.SettleAsync(_ => false, CancellationToken.None)).ShouldBe(1);
        Machine().ShouldBe(_before);
    }

    [Fact]
    public async Task Nothing_leads_out_of_an_internal_network()
    {
        Networks.Create(new NetworkOptions { Name = "inner", Internal = true });
        var result = await AttachAsync('a', "web", ["inner"], "127.0.0.1::80");
        In(result, "ip", "route").ShouldNotContain("default");
        RealTool.Output("iptables-save").ShouldNotContain("DNAT --to");
    }

    [Fact]
    public async Task A_network_may_have_addresses_of_both_kinds()
    {
        if (!Directory.Exists("/proc/sys/net/ipv6")) Assert.Skip("this machine has no IPv6");
        Networks.Create(new NetworkOptions { Name = "both", Ipv6 = true });
        var a = await AttachAsync('a', "a", ["both"]);
        var b = await AttachAsync('b', "b", ["both"]);
        a.Endpoints["both"].Ipv6.ShouldStartWith("fd");
        In(b, "ip", "-6", "address").ShouldContain(b.Endpoints["both"].Ipv6);
    }

    private Task<AttachResult> AttachAsync(char id, string name, string[] networks, params string[] ports) => Networks.AttachAsync(new AttachRequest
    {
        ContainerId = Id(id),
        Name = name,
        Attachments = [.. networks.Select(n => new NetworkAttachment { Network = n })],
        Ports = [.. ports.SelectMany(PublishFlag.Parse)],
    }, CancellationToken.None);

    private static string In(AttachResult result, params string[] command) => RealTool.Output("nsenter", [$"--net={result.NamespacePath}", .. command]);

    /// <summary>Answers each connection with a text, and waits until it can.</summary>
    private void Serve(AttachResult result, string text)
    {
        var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("nsenter", [$"--net={result.NamespacePath}", "python3", "-uc", """
            import socket, sys
            s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('', 8080)); s.listen(); print('ready')
            while True:
                c = s.accept()[0]; c.sendall(sys.argv[1].encode()); c.close()
            """, text]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        _running.Add(process);
        process.StandardOutput.ReadLine().ShouldBe("ready");
    }

    private static async Task<string> ReadAsync(string host, int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }

    /// <summary>
    /// The address that a network's name server knows for a name. Only names that are there: for others it asks the host's name server, and
    /// aardvark-dns 1.4 answers nobody while that one is silent.
    /// </summary>
    private static string Ask(AttachResult result, string name, int server = 0) => In(result, "python3", "-c", """
        import socket, struct, sys
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1)
        q = struct.pack('>HHHHHH', 1, 0x100, 1, 0, 0, 0) + b''.join(bytes([len(l)]) + l.encode() for l in sys.argv[2].split('.')) + b'\0\0\1\0\1'
        for i in range(20): # a question may be lost while the name server reads its names anew: resolvers ask again, too
            s.sendto(q, (sys.argv[1], 53))
            try: r = s.recv(600); break
            except TimeoutError: pass
        print('.'.join(map(str, r[-4:])) if struct.unpack('>H', r[6:8])[0] else '', end='')
        """, result.NameServers[server], name);

    /// <summary>All that could be left: interfaces, firewall rules, mounts, what we keep of the running ones.</summary>
    private static string Machine() => RealTool.Output("sh", "-c", """
        ls /sys/class/net; iptables-save | sed 's/\[[0-9:]*\]//' | grep -v '^#' | grep -E '^-|NETAVARK' | sort
        ip6tables-save | grep -E '^-|NETAVARK' | sort; grep -c netns /proc/self/mountinfo; ls /run/strata 2>/dev/null | grep -v lock; true
        """);

    private static string Id(char digit) => new(digit, 64);
}
