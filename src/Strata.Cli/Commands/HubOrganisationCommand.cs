using System.CommandLine;
using System.Text.Json.Nodes;

namespace Strata.Cli.Commands;

internal static class HubOrganisationCommand
{
    public static Command Create() => HubAdministration.Group("organisation", "Namespaces that several users share", Add(), List(), Remove(), Member());

    private static Command Add()
    {
        var name = HubAdministration.Named("NAME", "The organisation, and its namespace");
        return new Command("add", "Make an organisation") { name }.Asks((parsed, hub, _, cancellationToken) =>
            hub.SendAsync(HttpMethod.Post, "accounts/organisations", new JsonObject { ["name"] = parsed.GetRequiredValue(name) }, cancellationToken));
    }

    private static Command List() => new Command("list", "List organisations with their members").Asks(async (_, hub, session, cancellationToken) =>
        HubAdministration.Show(session, await hub.ListAsync("accounts/organisations", cancellationToken).ConfigureAwait(false), "name", "members", "created"));

    private static Command Remove()
    {
        var name = HubAdministration.Named("NAME", "The organisation; its repositories stay");
        return new Command("remove", "Remove an organisation") { name }.Asks((parsed, hub, _, cancellationToken) =>
            hub.SendAsync(HttpMethod.Delete, PathOf(parsed.GetRequiredValue(name)), body: null, cancellationToken));
    }

    private static Command Member()
    {
        var name = HubAdministration.Named("NAME", "The organisation");
        var user = HubAdministration.Named("USER", "The user");
        var role = new Argument<string>("ROLE") { Description = "reader, editor or owner; none removes the user" };
        role.AcceptOnlyFromAmong("reader", "editor", "owner", "none");
        return new Command("member", "Say what a user may do in an organisation") { name, user, role }.Asks((parsed, hub, _, cancellationToken) =>
        {
            var path = $"{PathOf(parsed.GetRequiredValue(name))}/members/{Uri.EscapeDataString(parsed.GetRequiredValue(user))}";
            return parsed.GetRequiredValue(role) is "none"
                ? hub.SendAsync(HttpMethod.Delete, path, body: null, cancellationToken)
                : hub.SendAsync(HttpMethod.Put, path, new JsonObject { ["role"] = parsed.GetRequiredValue(role) }, cancellationToken);
        });
    }

    private static string PathOf(string name) => "accounts/organisations/" + Uri.EscapeDataString(name);
}
