using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Cli.Commands;

internal static class AdvisoriesCommand
{
    public static Command Create() => new("advisories", "The database of known vulnerabilities") { CreateUpdate(), CreateStatus() };

    private static Command CreateUpdate()
    {
        var from = new Option<string>("--from") { Description = "Advisories of any form that is known: a folder, a file (.json, .jsonl, .csv, also .gz), a zip, or the address of one", HelpName = "SOURCE", Required = true };
        return new Command("update", "Take records in; those of other sources stay") { from }.Does(async (parsed, session, cancellationToken) =>
        {
            using var http = new HttpClient();
            var updater = new AdvisoryUpdater(session.AdvisoryDatabase, http, session.Clock);
            var update = await updater.UpdateAsync(parsed.GetRequiredValue(from), progress: null, cancellationToken).ConfigureAwait(false);
            foreach (var bad in update.Bad.Take(5))
                await Console.Error.WriteLineAsync($"strata: {bad.File}:{bad.Line} was passed over: {bad.Reason}").ConfigureAwait(false);
            if (update.BadRecords > 5) await Console.Error.WriteLineAsync($"strata: {update.BadRecords} records were passed over in all").ConfigureAwait(false);
            session.Output.Object(ToJson(update), asText: () => Console.Out.WriteLine(
                $"{update.Records} records from {update.Source.Name}: {update.Added} new, {update.Replaced} replaced, {update.Older} older than what was there"));
            return ExitCode.Done;
        });
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
            Console.Out.WriteLine("There is no advisory data yet. Bring some with: strata advisories update --from SOURCE");
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

    private static JsonObject ToJson(AdvisoryUpdate update) => new()
    {
        ["source"] = update.Source.Name,
        ["records"] = update.Records,
        ["added"] = update.Added,
        ["replaced"] = update.Replaced,
        ["older"] = update.Older,
        ["bad"] = update.BadRecords,
        ["status"] = ToJson(update.Status),
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
