using System.Text.Json.Nodes;
using Strata.Containers.Networks;
using Strata.Testing;

namespace Strata.Containers.Tests.Networks;

/// <summary>Networks as people use them: the program, and containers that answer.</summary>
[Collection(MachineNetworks.Name)]
public sealed class NetworkRunTests(ContainerHost host) : ContainerFixture(host), IAsyncLifetime
{
    private static readonly string[] Server = ["sh", "-c", "mkdir -p /www && hostname > /www/index.html && exec httpd -f -p 80 -h /www"];
    private string _before = "";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/lib/podman/netavark") || !File.Exists("/usr/lib/podman/aardvark-dns")) Assert.Skip("netavark is not installed; apt-get install netavark aardvark-dns");
        RealTool.Require("curl", "curl");
        await FirewallFrame.RemoveAsync(CancellationToken.None);
        _before = Machine();
    }

    public async ValueTask DisposeAsync()
    {
        if (_before.Length == 0) return;
        foreach (var record in await Containers.ListAsync(CancellationToken.None)) await Containers.RemoveAsync(record.Id, force: true, withVolumes: true, CancellationToken.None);
        foreach (var network in Containers.Networks.List().Where(n => !n.IsPredefined)) Containers.Networks.Remove(network.Name);
        Machine().ShouldBe(_before);
    }

    [Fact]
    public async Task A_published_port_answers_and_is_shown()
    {
        (await StrataAsync(["run", "-d", "--name", "web", "-p", "127.0.0.1::80", "box:1", .. Server])).Code.ShouldBe(0);
        var outside = (await StrataAsync("port", "web", "80")).Output.Trim();
        (await CurlAsync(outside)).ShouldNotBeEmpty();
        (await StrataAsync("port", "web")).Output.ShouldBe($"80/tcp -> {outside}\n");
        (await StrataAsync("ps")).Output.ShouldContain($"{outside}->80/tcp");
        (await StrataAsync("port", "web", "81")).Errors.ShouldContain("no public port '81/tcp' published for web");
        (await StrataAsync("stop", "-t", "0", "web")).Code.ShouldBe(0);
        (await StrataAsync("start", "web")).Code.ShouldBe(0);
        (await CurlAsync((await StrataAsync("port", "web", "80")).Output.Trim())).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Two_containers_find_each_other_by_name()
    {
        (await StrataAsync("network", "create", "front")).Output.Trim().Length.ShouldBe(64);
        (await StrataAsync(["run", "-d", "--name", "web", "--network", "front", "--network-alias", "www", "--hostname", "the-web", "box:1", .. Server])).Code.ShouldBe(0);
        (await StrataAsync("run", "--rm", "--network", "front", "box:1", "wget", "-qO-", "http://web/")).Output.ShouldBe("the-web\n");
        (await StrataAsync("run", "--rm", "--network", "front", "box:1", "wget", "-qO-", "http://www/")).Output.ShouldBe("the-web\n");
        var inspected = JsonNode.Parse((await StrataAsync("network", "inspect", "front")).Output)![0]!;
        inspected["Containers"]!.AsObject().Single().Value!["Name"]!.GetValue<string>().ShouldBe("web");
        (await StrataAsync("network", "rm", "front")).Errors.ShouldContain("has active endpoints");
        (await StrataAsync("network", "ls", "--format", "{{.Name}} {{.Driver}}")).Output.ShouldBe("bridge bridge\nfront bridge\nhost host\nnone null\n");
    }

    [Fact]
    public async Task A_container_joins_a_network_while_it_runs()
    {
        await StrataAsync("network", "create", "later");
        await StrataAsync(["run", "-d", "--name", "web", "--hostname", "the-web", "box:1", .. Server]);
        (await StrataAsync("network", "connect", "--alias", "joined", "later", "web")).Code.ShouldBe(0);
        (await StrataAsync("run", "--rm", "--network", "later", "box:1", "wget", "-qO-", "http://joined/")).Output.ShouldBe("the-web\n");
        (await StrataAsync("network", "disconnect", "later", "web")).Code.ShouldBe(0);
        (await StrataAsync("network", "prune", "-f")).Output.ShouldBe("Deleted Networks:\nlater\n\n");
    }

    [Fact]
    public async Task A_port_that_another_container_has_is_refused_with_its_name()
    {
        await StrataAsync(["run", "-d", "--name", "web", "-p", "127.0.0.1::80", "box:1", .. Server]);
        var outside = (await StrataAsync("port", "web", "80")).Output.Trim();
        var (code, _, errors) = await StrataAsync("run", "--rm", "-p", $"{outside}:80", "box:1", "true");
        code.ShouldBe(125);
        errors.ShouldContain($"Bind for {outside} failed: port is already allocated");
        errors.ShouldContain("the container web (");
    }

    [Theory]
    [InlineData("network nowhere not found", "--network", "nowhere")]
    [InlineData("invalid containerPort: x", "-p", "x")]
    [InlineData("conflicting options", "--network", "host", "--network", "bridge")]
    public async Task Wrong_networks_end_with_125(string says, params string[] options)
    {
        var (code, _, errors) = await StrataAsync(["run", "--rm", .. options, "box:1", "true"]);
        code.ShouldBe(125);
        errors.ShouldContain(says);
    }

    [Fact]
    public async Task A_container_has_its_own_names_and_way_out()
    {
        var (code, output, errors) = await StrataAsync("run", "--rm", "--hostname", "me", "--add-host", "db:10.0.0.9", "box:1", "sh", "-c", "cat /etc/hosts; ip route; cat /etc/resolv.conf");
        code.ShouldBe(0, errors);
        output.ShouldContain("\tme\n");
        output.ShouldContain("10.0.0.9\tdb\n");
        output.ShouldContain("default via ");
        output.ShouldContain("nameserver ");
    }

    [Fact]
    public async Task What_a_container_had_is_gone_when_it_is_killed_with_its_monitor()
    {
        await StrataAsync(["run", "-d", "--name", "web", "-p", "127.0.0.1::80", "box:1", .. Server]);
        var record = await Containers.FindAsync("web", Stop);
        var monitor = await File.ReadAllTextAsync(Path.Combine(Host.Root, "containers", record.Id, "monitor.pid"), Stop);
        RealTool.Output("kill", "-9", monitor.Trim(), record.State.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        while (Directory.Exists($"/proc/{record.State.Pid}")) await Task.Yield();
        (await StrataAsync("ps", "-a", "--format", "{{.State}}")).Output.ShouldBe("exited\n");
        Machine().ShouldBe(_before);
    }

    /// <summary>Waits for the server, which starts beside.</summary>
    private static Task<string> CurlAsync(string address) => RealTool.RunAsync("curl", "-fsS", "--retry", "50", "--retry-connrefused", "--retry-delay", "0", "--retry-max-time", "20", $"http://{address}/");

    private static string Machine() => RealTool.Output("sh", "-c", """
        ls /sys/class/net; iptables-save | grep -E '^-|NETAVARK' | sed 's/\[[0-9:]*\]//' | sort; grep -c netns /proc/self/mountinfo; ls /run/strata 2>/dev/null | grep -v lock; true
        """);
}
