using System.CommandLine;
using System.Text.Json.Nodes;

namespace Strata.Cli.Commands;

internal static class HubRestoreCommand
{
    public static Command Create()
    {
        var name = HubAdministration.Named("NAME:TAG", "The tag of a repository of the hub, such as team/app:v1; NAME@DIGEST for a manifest without a tag");
        var digest = new Option<string?>("--digest") { Description = "Which of its manifests the tag shall name again; the last unless told otherwise", HelpName = "DIGEST" };
        var command = HubAdministration.Single("restore", "Bring back a tag that was deleted or moved, with all that it needs");
        command.Add(name);
        command.Add(digest);
        return command.Asks(async (parsed, hub, session, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(name);
            var at = text.IndexOf('@', StringComparison.Ordinal);
            var (repository, tag) = at < 0 ? Split(text) : (text[..at], null);
            var wanted = at < 0 ? parsed.GetValue(digest) : text[(at + 1)..];
            if (tag is null && wanted is null) throw new UsageException($"'{text}' names no tag", "write NAME:TAG, or NAME@DIGEST for a manifest without a tag");
            var query = $"?tag={Uri.EscapeDataString(tag ?? "")}&digest={Uri.EscapeDataString(wanted ?? "")}";
            var answer = (JsonObject)(await hub.SendAsync(HttpMethod.Post, $"restore/{HubAdministration.Escaped(repository)}{query}", body: null, cancellationToken).ConfigureAwait(false))!;
            session.Output.Object(answer, asText: () => Console.Out.WriteLine($"{text} is {answer["digest"]} again"));
        });
    }

    /// <summary>A tag is what stands behind a colon; a repository's name has none.</summary>
    internal static (string Repository, string? Tag) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, null) : (name[..colon], name[(colon + 1)..]);
    }
}
