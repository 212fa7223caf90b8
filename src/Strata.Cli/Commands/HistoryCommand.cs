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
        var platform = Arguments.PlatformOption();
        return new Command("history", "Show how an image was made, the newest step first") { image, noTruncation, platform }.Does((parsed, session) =>
        {
            var lines = session.Images.History(parsed.GetRequiredValue(image), Arguments.ToPlatform(parsed.GetValue(platform)));
            var whole = parsed.GetValue(noTruncation);
            var now = session.Clock.GetUtcNow();
            session.Output.List([.. lines], l => ToJson(l, whole, now), ls => ToTable(ls, whole, now), l => Id(l, whole));
            return ExitCode.Done;
        });
    }

    private static string Id(HistoryLine line, bool whole) => line.Id is not { } id ? "<missing>" : whole ? id.ToString() : id.Short;

    private static string CreatedBy(HistoryLine line, bool whole) =>
        whole || line.CreatedBy.Length <= CreatedByWidth ? line.CreatedBy : line.CreatedBy[..(CreatedByWidth - 1)] + "…";

    private static JsonObject ToJson(HistoryLine line, bool whole, DateTimeOffset now) => new()
    {
        ["ID"] = Id(line, whole),
        ["CreatedAt"] = line.Created?.ToString("yyyy-MM-ddTHH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture),
        ["CreatedSince"] = Ages.Ago(line.Created, now),
        ["CreatedBy"] = line.CreatedBy,
        ["Size"] = Sizes.Text(line.Size),
        ["SizeBytes"] = line.Size,
        ["Comment"] = line.Comment,
        ["DiffID"] = line.DiffId?.ToString(),
    };

    private static TextTable ToTable(IReadOnlyCollection<HistoryLine> lines, bool whole, DateTimeOffset now)
    {
        var table = new TextTable("IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT");
        foreach (var line in lines) table.Add(Id(line, whole), Ages.Ago(line.Created, now), CreatedBy(line, whole), Sizes.Text(line.Size), line.Comment);
        return table;
    }
}
