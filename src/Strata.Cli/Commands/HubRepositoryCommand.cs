using System.CommandLine;
using System.Text.Json.Nodes;

namespace Strata.Cli.Commands;

internal static class HubRepositoryCommand
{
    public static Command Create() => HubAdministration.Group("repository", "Repositories of a hub", Visibility());

    private static Command Visibility()
    {
        var name = HubAdministration.Named("NAME", "The repository, such as team/app");
        var visibility = new Argument<string?>("VISIBILITY") { Description = "public or private; without it, what it is", Arity = ArgumentArity.ZeroOrOne };
        visibility.AcceptOnlyFromAmong("public", "private");
        return new Command("visibility", "Say who may see and pull a repository") { name, visibility }.Asks(async (parsed, hub, session, cancellationToken) =>
        {
            var path = "accounts/repositories/" + HubAdministration.Escaped(parsed.GetRequiredValue(name));
            var answer = parsed.GetValue(visibility) is { } wanted
                ? await hub.SendAsync(HttpMethod.Put, path, new JsonObject { ["visibility"] = wanted }, cancellationToken).ConfigureAwait(false)
                : await hub.SendAsync(HttpMethod.Get, path, body: null, cancellationToken).ConfigureAwait(false);
            session.Output.Object((JsonObject)answer!, asText: () => Console.Out.WriteLine(answer!["visibility"]));
        });
    }
}
