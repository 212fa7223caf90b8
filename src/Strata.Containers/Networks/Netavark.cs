using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Containers.Kernel;

namespace Strata.Containers.Networks;

/// <summary>Runs netavark, which makes bridges, addresses and firewall rules; it starts aardvark-dns, which answers for names.</summary>
/// <param name="configFolder">Where both keep what they know between two runs.</param>
internal sealed class Netavark(string configFolder)
{
    private static readonly string[] Folders = ["/usr/lib/podman", "/usr/libexec/podman", "/usr/local/lib/podman", "/usr/local/libexec/podman", "/usr/bin"];

    /// <summary>Puts a container's namespace into one of its networks.</summary>
    /// <exception cref="ContainerException">It failed, and says why.</exception>
    public Task SetUpAsync(string namespacePath, AttachedContainer container, AttachedNetwork network, CancellationToken cancellationToken) =>
        RunAsync("setup", namespacePath, Request(container, network), cancellationToken);

    /// <inheritdoc cref="SetUpAsync"/>
    /// <summary>The other way; with the last container, the bridge and its rules go.</summary>
    public Task TearDownAsync(string namespacePath, AttachedContainer container, AttachedNetwork network, CancellationToken cancellationToken) =>
        RunAsync("teardown", namespacePath, Request(container, network), cancellationToken);

    /// <summary>The networks have their IDs for names: rules and bridges of several stores must not meet.</summary>
    internal static JsonObject Request(AttachedContainer container, AttachedNetwork attached)
    {
        var network = attached.Network;
        var options = new JsonObject();
        if (network.Options.GetValueOrDefault("com.docker.network.driver.mtu") is { } mtu) options["mtu"] = mtu;
        return new JsonObject
        {
            ["container_id"] = container.Id,
            ["container_name"] = container.Name,
            ["port_mappings"] = new JsonArray([.. network.Internal ? [] : container.Ports.Select(Port)]),
            ["networks"] = new JsonObject
            {
                [network.Id] = new JsonObject
                {
                    ["static_ips"] = Texts(attached.Addresses),
                    ["static_mac"] = attached.MacAddress,
                    ["interface_name"] = attached.Interface,
                    ["aliases"] = Texts(attached.Aliases),
                },
            },
            ["network_info"] = new JsonObject
            {
                [network.Id] = new JsonObject
                {
                    ["name"] = network.Id,
                    ["id"] = network.Id,
                    ["driver"] = "bridge",
                    ["network_interface"] = network.Interface,
                    ["subnets"] = new JsonArray([.. network.Subnets.Select(s => (JsonNode)new JsonObject { ["subnet"] = s.Subnet, ["gateway"] = s.Gateway })]),
                    ["ipv6_enabled"] = network.HasIpv6,
                    ["internal"] = network.Internal,
                    ["dns_enabled"] = true,
                    ["options"] = options,
                    ["ipam_options"] = new JsonObject { ["driver"] = "host-local" },
                },
            },
        };
    }

    private static JsonNode Port(PortMapping port) => new JsonObject
    {
        ["container_port"] = port.ContainerPort,
        ["host_ip"] = port.HostAddress is "0.0.0.0" or "::" ? "" : port.HostAddress,
        ["host_port"] = port.HostPort,
        ["protocol"] = port.Protocol,
        ["range"] = 1,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]);

    private async Task RunAsync(string verb, string namespacePath, JsonObject request, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(configFolder);
        // Not to be cancelled in the midst: what is half set up would have to be taken away.
        var ended = await SystemProgram.RunAsync(
            Find("netavark"), ["--config", configFolder, "-a", Find("aardvark-dns"), verb, namespacePath], request.ToJsonString(), CancellationToken.None).ConfigureAwait(false);
        if (ended.ExitCode == 0) return;
        throw new ContainerException($"the network could not be {(verb == "setup" ? "set up" : "taken down")}: {Reason(ended.Output, ended.Errors)}",
            "it needs root, the kernel's bridge and veth, and iptables (apt-get install iptables)");
    }

    private static string Reason(string answer, string errors)
    {
        try
        {
            if (JsonNode.Parse(answer)?["error"]?.GetValue<string>() is { } error) return error;
        }
        catch (JsonException)
        {
            // It died before it could answer.
        }
        var text = new StringBuilder(errors).Append(answer).ToString().Trim();
        return text.Length == 0 ? "netavark said nothing" : text;
    }

    private static string Find(string program) =>
        Folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists)
        ?? throw new ContainerException($"{program} is not installed: containers cannot be in networks", $"install it with `apt-get install {program}`, or use `--network none` or `host`");
}
