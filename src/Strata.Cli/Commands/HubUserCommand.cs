using System.CommandLine;
using System.Text.Json.Nodes;

namespace Strata.Cli.Commands;

internal static class HubUserCommand
{
    public static Command Create() => HubAdministration.Group("user", "Users of a hub", Add(), List(), Remove(), Password());

    private static Command Add()
    {
        var name = HubAdministration.Named("NAME", "The user, and the namespace that is the user's own");
        var administrator = new Option<bool>("--admin") { Description = "An administrator may do everything" };
        var fromStdin = PasswordInput.StdinOption();
        return new Command("add", "Make a user") { name, administrator, fromStdin }.Asks(async (parsed, hub, _, cancellationToken) =>
        {
            var password = await PasswordInput.NewAsync(parsed.GetValue(fromStdin), cancellationToken).ConfigureAwait(false);
            var body = new JsonObject { ["name"] = parsed.GetRequiredValue(name), ["password"] = password, ["administrator"] = parsed.GetValue(administrator) };
            await hub.SendAsync(HttpMethod.Post, "accounts/users", body, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(parsed.GetRequiredValue(name)).ConfigureAwait(false);
        });
    }

    private static Command List() => new Command("list", "List users").Asks(async (_, hub, session, cancellationToken) =>
        HubAdministration.Show(session, await hub.ListAsync("accounts/users", cancellationToken).ConfigureAwait(false), "name", "administrator", "tokens", "created"));

    private static Command Remove()
    {
        var name = HubAdministration.Named("NAME", "The user; the repositories stay");
        return new Command("remove", "Remove a user, and end all that was given to it") { name }.Asks(async (parsed, hub, _, cancellationToken) =>
        {
            await hub.SendAsync(HttpMethod.Delete, $"accounts/users/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", body: null, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(parsed.GetRequiredValue(name)).ConfigureAwait(false);
        });
    }

    private static Command Password()
    {
        var name = HubAdministration.Named("NAME", "The user");
        var fromStdin = PasswordInput.StdinOption();
        return new Command("password", "Give a user another password, and end all that was given for the old one") { name, fromStdin }
            .Asks(async (parsed, hub, _, cancellationToken) =>
            {
                var password = await PasswordInput.NewAsync(parsed.GetValue(fromStdin), cancellationToken).ConfigureAwait(false);
                var path = $"accounts/users/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/password";
                await hub.SendAsync(HttpMethod.Put, path, new JsonObject { ["password"] = password }, cancellationToken).ConfigureAwait(false);
                await Console.Out.WriteLineAsync(parsed.GetRequiredValue(name)).ConfigureAwait(false);
            });
    }
}
