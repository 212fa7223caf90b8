using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Product;

namespace Strata.Cli.Commands;

internal static class HubTokenCommand
{
    public static Command Create() => HubAdministration.Group("token", "Personal access tokens: passwords for one purpose each", Make(), List(), Revoke());

    private static Command Make()
    {
        var name = HubAdministration.Named("NAME", "What it is for");
        var user = User();
        var scope = new Option<string>("--scope") { Description = "read, write or admin", DefaultValueFactory = _ => "read", HelpName = "SCOPE" };
        scope.AcceptOnlyFromAmong("read", "write", "admin");
        var days = new Option<int?>("--expires") { Description = "Days until it ends, 1 to 3650; never without it", HelpName = "DAYS" };
        return new Command("create", "Make a token and print it: it is shown only now") { name, user, scope, days }.Asks(async (parsed, hub, session, cancellationToken) =>
        {
            var body = new JsonObject { ["name"] = parsed.GetRequiredValue(name), ["scope"] = parsed.GetRequiredValue(scope), ["expires_in_days"] = parsed.GetValue(days) };
            var made = await hub.SendAsync(HttpMethod.Post, TokensOf(parsed.GetValue(user), hub), body, cancellationToken).ConfigureAwait(false);
            session.Output.Object((JsonObject)made!, asText: () => Console.Out.WriteLine(made!["token"]));
        });
    }

    private static Command List()
    {
        var user = User();
        return new Command("list", "List a user's tokens") { user }.Asks(async (parsed, hub, session, cancellationToken) => HubAdministration.Show(
            session, await hub.ListAsync(TokensOf(parsed.GetValue(user), hub), cancellationToken).ConfigureAwait(false),
            "id", "name", "scope", "created", "expires", "last_used"));
    }

    private static Command Revoke()
    {
        var id = HubAdministration.Named("ID", "The token's ID, as list shows it");
        var user = User();
        return new Command("revoke", "End a token, and all that was given for it") { id, user }.Asks(async (parsed, hub, _, cancellationToken) =>
        {
            var path = $"{TokensOf(parsed.GetValue(user), hub)}/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}";
            await hub.SendAsync(HttpMethod.Delete, path, body: null, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(parsed.GetRequiredValue(id)).ConfigureAwait(false);
        });
    }

    private static Option<string?> User() => new("--user") { Description = "Whose; your own without it", HelpName = "USER" };

    private static string TokensOf(string? user, HubApi hub) => $"accounts/users/{Uri.EscapeDataString(user ?? hub.User)}/tokens";
}
