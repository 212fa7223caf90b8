using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Feeds;

namespace Strata.Cli.Commands;

internal static class AdvisoriesCommand
{
    private const string Published = "oci://";

    public static Command Create() => new("advisories", "The database of known vulnerabilities") { CreateUpdate(), CreatePublish(), CreateStatus(), CreateFeeds() };

    private static Command CreateUpdate()
    {
        var from = new Option<string[]>("--from") { Description = "Advisories of any form that is known: a folder, a file (.json, .jsonl, .csv, also .gz), a zip, or the address of one; oci://REF for a database that was published. Without it, what publishers keep (see feeds)", HelpName = "SOURCE" };
        var only = new Option<string[]>("--only") { Description = "Of what publishers keep, these alone", HelpName = "FEED" };
        return new Command("update", "Take records in; those of other sources stay") { from, only }.Does(async (parsed, session, cancellationToken) =>
        {
            if (parsed.GetValue(from) is [var one] && one.StartsWith(Published, StringComparison.Ordinal))
                return await FetchAsync(session, one[Published.Length..], cancellationToken).ConfigureAwait(false);
            string[] sources = parsed.GetValue(from) is { Length: > 0 } named ? named : [.. Chosen(parsed.GetValue(only) ?? []).Select(f => f.Address)];
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var updater = new AdvisoryUpdater(session.AdvisoryDatabase, http, session.Clock);
            IReadOnlyList<FeedOutcome> outcomes;
            using (var display = new AdvisoryDisplay(session)) outcomes = await updater.UpdateAsync(sources, display, cancellationToken).ConfigureAwait(false);
            foreach (var outcome in outcomes.Where(o => o.Fault is not null)) await Console.Error.WriteLineAsync($"strata: {outcome.Fault}").ConfigureAwait(false);
            AdvisoryUpdate[] made = [.. outcomes.Select(o => o.Update).OfType<AdvisoryUpdate>()];
            foreach (var update in made) Report(update);
            if (made.Length > 0) session.Output.Object(sources.Length == 1 ? ToJson(made[0]) : ToJson(made), asText: () => Write(made));
            return made.Length == outcomes.Count ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static async Task<int> FetchAsync(Session session, string text, CancellationToken cancellationToken)
    {
        var name = Arguments.ToReference(text);
        var replaced = await new AdvisoryArtifact(session, name).FetchAsync(cancellationToken).ConfigureAwait(false);
        var status = replaced ?? AdvisoryDatabase.StatusOf(session.AdvisoryDatabase);
        session.Output.Object(new JsonObject { ["source"] = name.Familiar, ["unchanged"] = replaced is null, ["status"] = ToJson(status) }, asText: () => Console.Out.WriteLine(
            replaced is null ? $"{name.Familiar} is what is here already" : $"{status.Records} records, as {name.Familiar} has them"));
        return ExitCode.Done;
    }

    private static Command CreatePublish()
    {
        var target = new Argument<string>("REF") { Description = "Where: a repository of a hub and a tag" };
        return new Command("publish", "Bring the database to a registry, for machines that fetch it from there") { target }.Does(async (parsed, session, cancellationToken) =>
        {
            var name = Arguments.ToReference(parsed.GetRequiredValue(target));
            var isNew = await new AdvisoryArtifact(session, name).PublishAsync(cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine(isNew ? $"published as {name.Familiar}; elsewhere: strata advisories update --from {Published}{name.Familiar}" : $"{name.Familiar} is what is here already");
            return ExitCode.Done;
        });
    }

    private static Command CreateFeeds() => new Command("feeds", "What an update fetches when it is told nothing else").Does((_, session) =>
    {
        var feeds = AdvisoryConfiguration.Load();
        session.Output.List(feeds, f => new JsonObject { ["name"] = f.Name, ["address"] = f.Address }, Table, f => f.Name);
        return ExitCode.Done;
    });

    private static TextTable Table(IEnumerable<PublishedFeed> feeds)
    {
        var table = new TextTable("FEED", "ADDRESS");
        foreach (var feed in feeds) table.Add(feed.Name, feed.Address);
        return table;
    }

    private static IEnumerable<PublishedFeed> Chosen(string[] names)
    {
        var feeds = AdvisoryConfiguration.Load();
        if (names.Length == 0) return feeds;
        string[] all = [.. names.SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        return all.Select(n => feeds.FirstOrDefault(f => f.Name == n) ?? throw new CommandException($"there is no feed '{n}'", "strata advisories feeds names those that there are"));
    }

    private static void Report(AdvisoryUpdate update)
    {
        foreach (var bad in update.Bad.Take(5)) Console.Error.WriteLine($"strata: {bad.File}:{bad.Line} was passed over: {bad.Reason}");
        if (update.BadRecords > 5) Console.Error.WriteLine($"strata: {update.BadRecords} records were passed over in all");
    }

    private static void Write(IEnumerable<AdvisoryUpdate> updates)
    {
        foreach (var update in updates)
        {
            var removed = update.Removed > 0 ? $", {update.Removed} removed by their publisher" : "";
            Console.Out.WriteLine(update.IsUnchanged
                ? $"{update.Source.Name} has nothing new"
                : $"{update.Records} records from {update.Source.Name}: {update.Added} new, {update.Replaced} replaced, {update.Older} older than what was there{removed}");
        }
    }

    private static Command CreateStatus() => new Command("status", "How old the data is, and what it covers").Does((_, session) =>
    {
        var status = AdvisoryDatabase.StatusOf(session.AdvisoryDatabase);
        session.Output.Object(ToJson(status), asText: () => Write(session, status));
        return ExitCode.Done;
    });

    private static void Write(Session session, AdvisoryStatus status)
    {
        if (!status.Exists)
        {
            Console.Out.WriteLine("There is no advisory data yet. Bring some with: strata advisories update");
            return;
        }
        var now = session.Clock.GetUtcNow();
        Console.Out.WriteLine($"{status.Records} records, updated {Ages.Ago(status.Updated, now)}, the newest from {Ages.Ago(status.Newest, now)} ({Sizes.Text(status.Size)})");
        var sources = new TextTable("SOURCE", "FORM", "RECORDS", "FETCHED", "NEWEST");
        foreach (var s in status.Sources) sources.Add(s.Name, s.Form, s.Records.ToString(CultureInfo.InvariantCulture), Ages.Ago(s.Fetched, now), Ages.Ago(s.Newest, now));
        Console.Out.Write("\n" + sources.Render(width: null));
        var ecosystems = new TextTable("ECOSYSTEM", "RECORDS", "PACKAGES", "NEWEST");
        foreach (var e in status.Ecosystems)
            ecosystems.Add(e.Ecosystem, e.Records.ToString(CultureInfo.InvariantCulture), e.Packages.ToString(CultureInfo.InvariantCulture), Ages.Ago(e.Newest, now));
        Console.Out.Write("\n" + ecosystems.Render(width: null));
    }

    private static JsonObject ToJson(AdvisoryUpdate[] updates) => new()
    {
        ["updates"] = new JsonArray([.. updates.Select(u => (JsonNode)Counts(u))]),
        ["status"] = ToJson(updates[^1].Status),
    };

    private static JsonObject ToJson(AdvisoryUpdate update)
    {
        var json = Counts(update);
        json["status"] = ToJson(update.Status);
        return json;
    }

    private static JsonObject Counts(AdvisoryUpdate update) => new()
    {
        ["source"] = update.Source.Name,
        ["records"] = update.Records,
        ["added"] = update.Added,
        ["replaced"] = update.Replaced,
        ["older"] = update.Older,
        ["removed"] = update.Removed,
        ["unchanged"] = update.IsUnchanged,
        ["bad"] = update.BadRecords,
    };

    private static JsonObject ToJson(AdvisoryStatus status) => new()
    {
        ["exists"] = status.Exists,
        ["path"] = status.Path,
        ["size"] = status.Size,
        ["records"] = status.Records,
        ["withdrawn"] = status.Withdrawn,
        ["updated"] = status.Updated?.ToString("O", CultureInfo.InvariantCulture),
        ["newest"] = status.Newest?.ToString("O", CultureInfo.InvariantCulture),
        ["sources"] = new JsonArray([.. status.Sources.Select(s => (JsonNode)new JsonObject
        {
            ["name"] = s.Name,
            ["location"] = s.Location,
            ["fetched"] = s.Fetched.ToString("O", CultureInfo.InvariantCulture),
            ["form"] = s.Form,
            ["newest"] = s.Newest?.ToString("O", CultureInfo.InvariantCulture),
            ["records"] = s.Records,
        })]),
        ["ecosystems"] = new JsonArray([.. status.Ecosystems.Select(e => (JsonNode)new JsonObject
        {
            ["name"] = e.Ecosystem,
            ["records"] = e.Records,
            ["packages"] = e.Packages,
            ["newest"] = e.Newest?.ToString("O", CultureInfo.InvariantCulture),
        })]),
    };
}
