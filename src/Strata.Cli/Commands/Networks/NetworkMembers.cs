using System.CommandLine;
using Strata.Cli.Commands.Containers;
using Strata.Containers;

namespace Strata.Cli.Commands.Networks;

/// <summary>Which containers are in a network.</summary>
internal static class NetworkMembers
{
    public static Argument<string[]> Several() => new("NETWORK") { Description = "Networks: names, or beginnings of IDs", Arity = ArgumentArity.OneOrMore };

    public static Command Connect()
    {
        var network = One();
        var container = ContainerArguments.One();
        var aliases = new Option<string[]>("--alias") { Description = "A name more on the network", HelpName = "NAME" };
        var ip = new Option<string?>("--ip") { Description = "Its address", HelpName = "ADDRESS" };
        var ip6 = new Option<string?>("--ip6") { Description = "Its IPv6 address", HelpName = "ADDRESS" };
        return new Command("connect", "Put a container into a network") { network, container, aliases, ip, ip6 }.Does(async (parsed, session, cancellationToken) =>
        {
            var found = session.Containers.Networks.Find(parsed.GetRequiredValue(network));
            await session.Containers.ConnectAsync(parsed.GetRequiredValue(container), new NetworkAttachment
            {
                Network = found.Name,
                Aliases = parsed.GetValue(aliases) ?? [],
                Ipv4 = parsed.GetValue(ip),
                Ipv6 = parsed.GetValue(ip6),
            }, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    public static Command Disconnect()
    {
        var network = One();
        var container = ContainerArguments.One();
        var force = new Option<bool>("--force", "-f") { Description = "As without", Hidden = true };
        return new Command("disconnect", "Take a container out of a network") { network, container, force }.Does(async (parsed, session, cancellationToken) =>
        {
            await session.Containers.DisconnectAsync(parsed.GetRequiredValue(container), parsed.GetRequiredValue(network), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static Argument<string> One() => new("NETWORK") { Description = "A network: its name, or the beginning of its ID" };
}
