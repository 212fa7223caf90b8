using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Layers;

namespace Strata.Cli.Commands;

internal static class LsCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("REF:PATH") { Description = "An image and a path in it, such as python:3.11:/usr/bin" }.OfImages();
        var layer = new Option<int?>("--layer") { Description = "What one layer says, whiteouts too; 0 is the base", HelpName = "N" };
        var platform = Arguments.PlatformOption();
        return new Command("ls", "List the files of an image or of one layer, without a container") { what, layer, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var (image, path) = FilePath.Split(parsed.GetRequiredValue(what));
            var files = await session.Images.FilesAsync(image, Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken).ConfigureAwait(false);
            var entries = parsed.GetValue(layer) is { } n ? files.List(path, n) : files.List(path);
            session.Output.List([.. entries], ToJson, ToTable, e => Name(e.Entry));
            return ExitCode.Done;
        });
    }

    internal static JsonObject ToJson(TreeEntry found) => new()
    {
        ["path"] = "/" + found.Entry.Path,
        ["type"] = found.Entry.Type.ToString().ToLowerInvariant(),
        ["whiteout"] = found.Entry.Whiteout == Whiteout.None ? null : found.Entry.Whiteout.ToString().ToLowerInvariant(),
        ["size"] = found.Entry.Size,
        ["mode"] = "0" + Convert.ToString(found.Entry.Mode, 8),
        ["uid"] = found.Entry.Uid,
        ["gid"] = found.Entry.Gid,
        ["modified"] = found.Entry.ModTime.ToString("O", CultureInfo.InvariantCulture),
        ["link"] = found.Entry.LinkTarget,
        ["digest"] = found.Entry.ContentDigest?.ToString(),
        ["layer"] = found.Layer,
    };

    private static TextTable ToTable(IReadOnlyCollection<TreeEntry> entries)
    {
        var table = new TextTable("MODE", "OWNER", "SIZE", "MODIFIED", "LAYER", "NAME");
        foreach (var (entry, layer) in entries)
        {
            table.Add(Modes.Text(entry), $"{entry.Uid}:{entry.Gid}", Sizes.Text(entry.Size),
                entry.ModTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), layer.ToString(CultureInfo.InvariantCulture),
                Name(entry) + (entry.LinkTarget is null ? "" : " -> " + entry.LinkTarget) + (entry.Whiteout == Whiteout.Path ? " (removed)" : ""));
        }
        return table;
    }

    private static string Name(LayerEntry entry) => entry.Path[(entry.Path.LastIndexOf('/') + 1)..];
}
