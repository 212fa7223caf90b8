using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Product;
using Strata.Cli.Rendering;
using Strata.Registry.Client;

namespace Strata.Cli.Commands;

internal static class SearchCommand
{
    private const int DescriptionWidth = 60;

    public static Command Create()
    {
        var term = new Argument<string>("TERM") { Description = "Words of a name or description; HOST/TERM searches that registry" };
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 100", DefaultValueFactory = _ => 25 };
        var noTruncation = new Option<bool>("--no-trunc") { Description = "Show descriptions whole" };
        return new Command("search", "Find images on a registry") { term, limit, noTruncation }.Does(async (parsed, session, cancellationToken) =>
        {
            var (registry, query) = Split(parsed.GetRequiredValue(term), session);
            if (parsed.GetValue(limit) is < 1 or > 100) throw new UsageException("--limit takes a number from 1 to 100");
            var page = await session.Registries.SearchAsync(registry, query, parsed.GetValue(limit), cancellationToken).ConfigureAwait(false);
            var whole = parsed.GetValue(noTruncation);
            session.Output.List([.. page.Hits], hit => ToJson(hit, registry), hits => ToTable(hits, registry, whole), hit => FullName(hit, registry));
            if (page.Hits.Count == 0 && !session.Output.IsQuiet)
                await Console.Error.WriteLineAsync($"Nothing on {registry} matches '{query}'").ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    /// <summary>A first part that looks like a host is one; without, the hub that runs here is searched, else the default registry.</summary>
    private static (string Registry, string Query) Split(string term, Session session)
    {
        var slash = term.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? "" : term[..slash];
        if (head.AsSpan().ContainsAny('.', ':') || head == "localhost") return (head, term[(slash + 1)..]);
        var hub = new Services(session.Root).Hub.Running();
        return (hub?.Address ?? session.Config.DefaultRegistry, term);
    }

    private static string FullName(SearchHit hit, string registry) => registry == "docker.io" ? hit.Name : $"{registry}/{hit.Name}";

    private static JsonObject ToJson(SearchHit hit, string registry) => new()
    {
        ["Name"] = FullName(hit, registry),
        ["Description"] = hit.Description,
        ["StarCount"] = hit.Stars,
        ["IsOfficial"] = hit.Official,
    };

    private static TextTable ToTable(IReadOnlyCollection<SearchHit> hits, string registry, bool whole)
    {
        var table = new TextTable("NAME", "DESCRIPTION", "STARS", "OFFICIAL") { Flexible = 1 };
        foreach (var hit in hits)
        {
            var description = whole || hit.Description.Length <= DescriptionWidth ? hit.Description : hit.Description[..(DescriptionWidth - 1)] + "…";
            table.Add(FullName(hit, registry), description, hit.Stars.ToString(System.Globalization.CultureInfo.InvariantCulture), hit.Official ? "[OK]" : "");
        }
        return table;
    }
}
