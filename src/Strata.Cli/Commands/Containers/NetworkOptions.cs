using System.CommandLine;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>The networks of a container.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<string[]> _network = new("--network", "--net") { Description = "none, host, container:NAME, or a network", HelpName = "NETWORK" };
    private readonly Option<string[]> _dns = new("--dns") { Description = "A name server", HelpName = "ADDRESS" };
    private readonly Option<string[]> _search = new("--dns-search") { Description = "A domain to search in", HelpName = "DOMAIN" };
    private readonly Option<string[]> _dnsOptions = new("--dns-option") { Description = "An option of the resolver", HelpName = "OPTION" };
    private readonly Option<string[]> _hosts = new("--add-host") { Description = "A line of /etc/hosts: NAME:ADDRESS", HelpName = "HOST" };
    private readonly Option<string[]> _expose = new("--expose") { Description = "A port that it serves, such as 80/tcp", HelpName = "PORT" };

    public IEnumerable<Option> All => [_network, _dns, _search, _dnsOptions, _hosts, _expose];

    public NetworkSpec Of(ParseResult parsed)
    {
        var hosts = parsed.GetValue(_hosts) ?? [];
        if (Array.Find(hosts, h => h.Split([':', '='], 2).Length < 2) is { } wrong) throw new UsageException($"bad format for add-host: \"{wrong}\"", "write NAME:ADDRESS");
        return new NetworkSpec
        {
            Mode = (parsed.GetValue(_network) ?? []).LastOrDefault() ?? "none",
            Dns = parsed.GetValue(_dns) ?? [],
            DnsSearch = parsed.GetValue(_search) ?? [],
            DnsOptions = parsed.GetValue(_dnsOptions) ?? [],
            ExtraHosts = hosts,
            Exposed = parsed.GetValue(_expose) ?? [],
        };
    }
}
