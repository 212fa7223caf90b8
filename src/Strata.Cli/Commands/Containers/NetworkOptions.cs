using System.CommandLine;
using Strata.Containers;
using Strata.Containers.Networks;

namespace Strata.Cli.Commands.Containers;

/// <summary>The networks of a container, and its ports on the host.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<string[]> _network = new("--network", "--net") { Description = "bridge, none, host, container:NAME, or a network", HelpName = "NETWORK" };
    private readonly Option<string[]> _aliases = new("--network-alias", "--net-alias") { Description = "A name more on its network", HelpName = "NAME" };
    private readonly Option<string?> _ip = new("--ip") { Description = "Its address on its network", HelpName = "ADDRESS" };
    private readonly Option<string?> _ip6 = new("--ip6") { Description = "Its IPv6 address on its network", HelpName = "ADDRESS" };
    private readonly Option<string?> _mac = new("--mac-address") { Description = "Its hardware address", HelpName = "ADDRESS" };
    private readonly Option<string[]> _publish = new("--publish", "-p") { Description = "A port of the host for one of its own: [[ADDRESS:]HOST:]PORT[/udp]", HelpName = "PORT" };
    private readonly Option<bool> _publishAll = new("--publish-all", "-P") { Description = "Publish all that it exposes, on ports that are free" };
    private readonly Option<string[]> _dns = new("--dns") { Description = "A name server", HelpName = "ADDRESS" };
    private readonly Option<string[]> _search = new("--dns-search") { Description = "A domain to search in", HelpName = "DOMAIN" };
    private readonly Option<string[]> _dnsOptions = new("--dns-option", "--dns-opt") { Description = "An option of the resolver", HelpName = "OPTION" };
    private readonly Option<string[]> _hosts = new("--add-host") { Description = "A line of /etc/hosts: NAME:ADDRESS", HelpName = "HOST" };
    private readonly Option<string[]> _expose = new("--expose") { Description = "A port that it serves, such as 80/tcp", HelpName = "PORT" };

    public IEnumerable<Option> All => [_network, _aliases, _ip, _ip6, _mac, _publish, _publishAll, _dns, _search, _dnsOptions, _hosts, _expose];

    public NetworkSpec Of(ParseResult parsed)
    {
        var hosts = parsed.GetValue(_hosts) ?? [];
        if (Array.Find(hosts, h => h.Split([':', '='], 2).Length < 2) is { } wrong) throw new UsageException($"bad format for add-host: \"{wrong}\"", "write NAME:ADDRESS");
        var attachments = (parsed.GetValue(_network) ?? []).Select(NetworkFlag.Parse).ToArray();
        if (attachments.Length == 0) attachments = [NetworkFlag.Parse("bridge")];
        var alone = Array.Find(attachments, a => a.Network is "none" or "host" || a.Network.StartsWith("container:", StringComparison.Ordinal));
        if (alone is not null && attachments.Length > 1) throw new UsageException($"conflicting options: cannot attach both {alone.Network} and other networks to a container");
        var ports = (parsed.GetValue(_publish) ?? []).SelectMany(PublishFlag.Parse).ToArray();
        // Docker lets ports be published that lead nowhere; where there is no network of its own, that is a mistake.
        if (alone is not null && alone.Network.StartsWith("container:", StringComparison.Ordinal) && ports.Length > 0)
            throw new UsageException("conflicting options: port publishing and the container type network mode", "publish the port at the other container");
        var exposed = parsed.GetValue(_expose) ?? [];
        foreach (var port in exposed) _ = PublishFlag.ParseExposed(port);
        return new NetworkSpec
        {
            Mode = alone?.Network ?? "bridge",
            Attachments = alone is not null ? [] : [First(parsed, attachments[0]), .. attachments[1..]],
            Ports = alone is not null ? [] : ports,
            PublishAll = parsed.GetValue(_publishAll),
            Dns = parsed.GetValue(_dns) ?? [],
            DnsSearch = parsed.GetValue(_search) ?? [],
            DnsOptions = parsed.GetValue(_dnsOptions) ?? [],
            ExtraHosts = hosts,
            Exposed = [.. exposed, .. ports.Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p.ContainerPort}/{p.Protocol}"))],
        };
    }

    /// <summary>Options of their own are about the first network.</summary>
    private NetworkAttachment First(ParseResult parsed, NetworkAttachment attachment) => attachment with
    {
        Aliases = [.. attachment.Aliases, .. parsed.GetValue(_aliases) ?? []],
        Ipv4 = parsed.GetValue(_ip) ?? attachment.Ipv4,
        Ipv6 = parsed.GetValue(_ip6) ?? attachment.Ipv6,
        MacAddress = parsed.GetValue(_mac) ?? attachment.MacAddress,
    };
}
