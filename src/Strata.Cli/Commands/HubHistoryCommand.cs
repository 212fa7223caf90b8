using System.CommandLine;

namespace Strata.Cli.Commands;

internal static class HubHistoryCommand
{
    public static Command Create()
    {
        var name = HubAdministration.Named("NAME[:TAG]", "A repository of the hub, such as team/app, or one of its tags");
        var command = HubAdministration.Single("history", "Say what tags named before they moved or were deleted");
        command.Add(name);
        return command.Asks(async (parsed, hub, session, cancellationToken) =>
        {
            var (repository, tag) = HubRestoreCommand.Split(parsed.GetRequiredValue(name));
            var query = tag is null ? "" : "?tag=" + Uri.EscapeDataString(tag);
            var answer = await hub.SendAsync(HttpMethod.Get, $"history/{HubAdministration.Escaped(repository)}{query}", body: null, cancellationToken).ConfigureAwait(false);
            HubAdministration.Show(session, answer!["history"]!.AsArray(), "tag", "digest", "started", "ended", "deleted");
        });
    }
}
