using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class HistoryCommand
{
    private const int CreatedByWidth = 45;

    public static Command Create()
    {
        var image = Arguments.Image();
        var noTruncation = new Option<bool>("--no-trunc") { Description = "Show everything whole" };
        var named = Arguments.BaseOption();
        var platform = Arguments.PlatformOption();
        return new Command("history", "Show how an image was made, the newest step first") { image, noTruncation, named, platform }.Does((parsed, session) =>
        {
            var (name, on) = (parsed.GetRequiredValue(image), Arguments.ToPlatform(parsed.GetValue(platform)));
            var lines = session.Images.History(name, on);
            var details = session.Images.Inspect(name, on);
            var found = parsed.GetValue(named) is { } baseName ? session.Images.FindBase(details, baseName) : session.Images.FindBase(details);
            var whole = parsed.GetValue(noTruncation);
            var now = session.Clock.GetUtcNow();
            var marked = lines.Select((line, i) => new Marked(line, found, found?.HistoryEntries is { } entries ? lines.Count - 1 - i < entries : null, lines.Count - i == found?.HistoryEntries)).ToArray();
            session.Output.List(marked, m => ToJson(m, whole, now), ms => ToTable(ms, whole, now), m => Id(m.Line, whole));
            return ExitCode.Done;
        });
    }

    private static string Id(HistoryLine line, bool whole) => line.Id is not { } id ? "<missing>" : whole ? id.ToString() : id.Short;

    private static string CreatedBy(HistoryLine line, bool whole) =>
        whole || line.CreatedBy.Length <= CreatedByWidth ? line.CreatedBy : line.CreatedBy[..(CreatedByWidth - 1)] + "…";

    private static JsonObject ToJson(Marked marked, bool whole, DateTimeOffset now) => new()
    {
        ["ID"] = Id(marked.Line, whole),
        ["CreatedAt"] = marked.Line.Created?.ToString("yyyy-MM-ddTHH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture),
        ["CreatedSince"] = Ages.Ago(marked.Line.Created, now),
        ["CreatedBy"] = marked.Line.CreatedBy,
        ["Size"] = Sizes.Text(marked.Line.Size),
        ["SizeBytes"] = marked.Line.Size,
        ["Comment"] = marked.Line.Comment,
        ["DiffID"] = marked.Line.DiffId?.ToString(),
        ["FromBase"] = marked.FromBase,
        ["Base"] = marked.Base?.Name,
    };

    /// <summary>Docker's columns; where the base ends, its name stands before the comment.</summary>
    private static TextTable ToTable(IReadOnlyCollection<Marked> lines, bool whole, DateTimeOffset now)
    {
        var table = new TextTable("IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT");
        foreach (var m in lines)
        {
            table.Add(Id(m.Line, whole), Ages.Ago(m.Line.Created, now), CreatedBy(m.Line, whole), Sizes.Text(m.Line.Size),
                m.EndsBase ? $"base {m.Base!.Name} {m.Line.Comment}".TrimEnd() : m.Line.Comment);
        }
        return table;
    }

    /// <param name="Line">The line.</param>
    /// <param name="Base">The image's base, if one is known.</param>
    /// <param name="FromBase">Whether the line is the base's; null where nobody can say.</param>
    /// <param name="EndsBase">Whether it is the newest that is.</param>
    private sealed record Marked(HistoryLine Line, ImageBase? Base, bool? FromBase, bool EndsBase);
}
