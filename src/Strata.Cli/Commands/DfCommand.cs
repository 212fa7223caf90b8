using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Build;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class DfCommand
{
    public static Command Create()
    {
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Each image: what it weighs alone, and what it shares" };
        return new Command("df", "Show what the store takes on disk") { verbose }.Does((parsed, session) =>
        {
            var usage = session.Images.Usage();
            if (parsed.GetValue(verbose))
            {
                var now = session.Clock.GetUtcNow();
                session.Output.List([.. usage.Images], ToJson, images => ToTable(images, now), i => (i.Id ?? i.Manifest).ToString());
            }
            else
            {
                session.Output.List([.. Rows(session, usage), .. Budget(session, usage)], ToJson, ToTable, r => r.Type);
            }
            return ExitCode.Done;
        });
    }

    private static Row[] Rows(Session session, StoreUsage usage)
    {
        var cache = session.Builder.CacheUse(session.Images.BlobsOfImages());
        var budget = CacheBudgetConfiguration.Load();
        var limit = budget?.Limit(cache.LayerBytes + cache.MountBytes, DiskSpace.Of(session.Root)) is < long.MaxValue and var most ? most : (long?)null;
        var named = usage.Images.Count(i => i.Names.Count > 0);
        return
        [
            new("Images", usage.Images.Count, named, usage.Blobs.Bytes - cache.OwnBytes, Math.Max(0, usage.Blobs.ReclaimableBytes - cache.OwnBytes)),
            new("Layers", usage.Layers.Count, usage.Layers.Active, usage.Layers.Bytes, usage.Layers.ReclaimableBytes),
            new("Facts", usage.Facts.Count, usage.Facts.Active, usage.Facts.Bytes, usage.Facts.ReclaimableBytes),
            new("Ingest", usage.Ingest.Count, usage.Ingest.Active, usage.Ingest.Bytes, usage.Ingest.ReclaimableBytes),
            new("Build Cache", cache.Entries, cache.Shared, cache.OwnBytes + cache.MountBytes, cache.OwnBytes + cache.MountBytes) { LimitBytes = limit },
        ];
    }

    /// <summary>What the store takes of the budget that the configuration sets, and what the next prune takes back of it; none where there is none.</summary>
    private static IEnumerable<Row> Budget(Session session, StoreUsage usage)
    {
        if (BudgetConfiguration.Load() is not { } budget) yield break;
        var limit = session.Images.LimitOf(budget, usage);
        yield return new Row("Budget", usage.Images.Count, usage.Images.Count, usage.Bytes, limit is null ? 0 : Math.Max(0, usage.Bytes - limit.Value)) { LimitBytes = limit };
    }

    private static JsonObject ToJson(Row row)
    {
        var json = Common(row);
        if (row.Type is "Budget" or "Build Cache") json["LimitBytes"] = row.LimitBytes;
        return json;
    }

    private static JsonObject Common(Row row) => new()
    {
        ["Type"] = row.Type,
        ["TotalCount"] = row.Total.ToString(CultureInfo.InvariantCulture),
        ["Active"] = row.Active.ToString(CultureInfo.InvariantCulture),
        ["Size"] = Size(row),
        ["Reclaimable"] = Reclaimable(row),
        ["SizeBytes"] = row.Bytes,
        ["ReclaimableBytes"] = row.Reclaimable,
    };

    private static TextTable ToTable(IReadOnlyCollection<Row> rows)
    {
        var table = new TextTable("TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE");
        foreach (var row in rows)
            table.Add(row.Type, row.Total.ToString(CultureInfo.InvariantCulture), row.Active.ToString(CultureInfo.InvariantCulture), Size(row), Reclaimable(row));
        return table;
    }

    private static string Size(Row row) => row.LimitBytes is { } limit ? $"{Sizes.Text(row.Bytes)} of {Sizes.Text(limit)}" : Sizes.Text(row.Bytes);

    private static string Reclaimable(Row row) => row.Bytes == 0
        ? Sizes.Text(row.Reclaimable)
        : string.Create(CultureInfo.InvariantCulture, $"{Sizes.Text(row.Reclaimable)} ({row.Reclaimable * 100 / row.Bytes}%)");

    private static JsonObject ToJson(ImageUsage image) => new()
    {
        ["ID"] = (image.Id ?? image.Manifest).ToString(),
        ["Names"] = new JsonArray([.. image.Names.Select(n => (JsonNode)n.Familiar)]),
        ["CreatedAt"] = image.Created?.ToString("O", CultureInfo.InvariantCulture),
        ["Size"] = image.Bytes,
        ["SharedSize"] = image.SharedBytes,
        ["UniqueSize"] = image.UniqueBytes,
        ["SharedWith"] = image.SharedWith,
        ["Damaged"] = image.IsDamaged,
    };

    private static TextTable ToTable(IReadOnlyCollection<ImageUsage> images, DateTimeOffset now)
    {
        var table = new TextTable("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE", "SHARED SIZE", "UNIQUE SIZE", "SHARED WITH");
        foreach (var i in images.OrderByDescending(i => i.UniqueBytes))
        {
            var name = i.Names.Count > 0 ? i.Names[0] : null;
            table.Add(name?.FamiliarName ?? "<none>", name?.Tag ?? "<none>", (i.Id ?? i.Manifest).Short, Ages.Ago(i.Created, now),
                Sizes.Text(i.Bytes), Sizes.Text(i.SharedBytes), Sizes.Text(i.UniqueBytes), i.SharedWith.ToString(CultureInfo.InvariantCulture));
        }
        return table;
    }

    private sealed record Row(string Type, int Total, int Active, long Bytes, long Reclaimable)
    {
        /// <summary>Null where nothing limits it.</summary>
        public long? LimitBytes { get; init; }
    }
}
