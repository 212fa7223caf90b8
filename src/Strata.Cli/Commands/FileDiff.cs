using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Cli.Commands;

/// <summary>Which files a container would see change.</summary>
internal sealed class FileDiff(IReadOnlyList<PathChange> changes) : IDiffSection
{
    public string Name => "files";

    public string Summary => $"{Count(ChangeKind.Added)} added, {Count(ChangeKind.Removed)} removed, {changes.Count - Count(ChangeKind.Added) - Count(ChangeKind.Removed)} changed, "
        + Sizes.Text(Math.Abs(Growth)) + (Growth < 0 ? " less" : " more");

    private long Growth => changes.Sum(c => (c.After?.Entry.Size ?? 0) - (c.Before?.Entry.Size ?? 0));

    public static async Task<FileDiff> OfAsync(Session session, string before, string after, Platform? platform, CancellationToken cancellationToken)
    {
        var a = await session.Images.FilesAsync(before, platform, cancellationToken).ConfigureAwait(false);
        var b = await session.Images.FilesAsync(after, platform, cancellationToken).ConfigureAwait(false);
        return new FileDiff([.. TreeDiff.Between(a.Tree, b.Tree)]);
    }

    public IEnumerable<string> Lines() => changes.Select(c => c.Kind switch
    {
        ChangeKind.Added => $"+ /{c.Path} ({Sizes.Text(c.After!.Entry.Size)})",
        ChangeKind.Removed => $"- /{c.Path}",
        ChangeKind.Content => $"~ /{c.Path} ({Sizes.Text(c.Before!.Entry.Size)} to {Sizes.Text(c.After!.Entry.Size)})",
        _ => $"~ /{c.Path} ({Modes.Text(c.Before!.Entry)} {c.Before.Entry.Uid}:{c.Before.Entry.Gid} to {Modes.Text(c.After!.Entry)} {c.After.Entry.Uid}:{c.After.Entry.Gid})",
    });

    public JsonArray ToJson() => new([.. changes.Select(c => (JsonNode)new JsonObject
    {
        ["path"] = "/" + c.Path,
        ["change"] = c.Kind.ToString().ToLowerInvariant(),
        ["before"] = c.Before is null ? null : LsCommand.ToJson(c.Before),
        ["after"] = c.After is null ? null : LsCommand.ToJson(c.After),
    })]);

    private int Count(ChangeKind kind) => changes.Count(c => c.Kind == kind);
}
