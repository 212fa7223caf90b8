using System.Globalization;
using Microsoft.AspNetCore.Http;
using Strata.Oci;
using Strata.Packages;
using Strata.Registry.Server;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary><c>GET /api/v1/vulnerabilities/NAME?tag=TAG</c>, or <c>?digest=DIGEST</c>; narrowed by <c>platform</c>, <c>layer</c> and <c>severity</c>.</summary>
internal sealed class ScanEndpoints(HubScans scans, AdvisoryFile advisories, Projection projection, IRegistryContent registry)
{
    public async Task GetAsync(HttpContext context)
    {
        var (name, query) = ((string)context.Request.RouteValues["name"]!, context.Request.Query);
        if (!scans.IsOn)
        {
            await Respond.ProblemAsync(context, StatusCodes.Status404NotFound, "Nothing is scanned here", "whoever runs this hub has set scans.enabled to false").ConfigureAwait(false);
            return;
        }
        if (Fault(query) is { } fault)
        {
            await Respond.ProblemAsync(context, StatusCodes.Status400BadRequest, "The question is not valid", fault).ConfigureAwait(false);
            return;
        }
        await projection.CatchUpAsync(context.RequestAborted).ConfigureAwait(false);
        string? tag = query["tag"].ToString() is { Length: > 0 } said ? said : null;
        var found = registry.FindManifest(name, tag ?? query["digest"].ToString());
        var images = found is null ? [] : scans.OfTag(name, found.Digest);
        if (found is null || images.Count == 0)
        {
            await Respond.ProblemAsync(
                context, StatusCodes.Status404NotFound, "No such image", found is null ? $"this hub has no {name} of that tag or digest" : "what is there is no image, so that nothing is in it to be scanned").ConfigureAwait(false);
            return;
        }
        var platform = query["platform"].ToString();
        var shown = images.Where(i => platform.Length == 0 || i.Target.Platform?.ToString() == platform).Select(i => Of(i.Target, i.Scan, query));
        await Respond.JsonAsync(context, new VulnerabilitiesAnswer(name, tag, found.Digest.ToString(), [.. shown]), HubJson.Default.VulnerabilitiesAnswer).ConfigureAwait(false);
    }

    /// <summary>A tag in a list; null for what is no image, and where nothing is scanned.</summary>
    public TagVulnerabilities? Summary(string repository, HubTag tag) =>
        scans.IsOn && scans.UsualOf(repository, Digest.Parse(tag.Digest)) is { } usual
            ? new TagVulnerabilities(ScanWord.Of(usual.Scan.Outcome), usual.Target.Platform?.ToString(), ScanWord.Counts(usual.Scan)) : null;

    private static string? Fault(IQueryCollection query)
    {
        var (tag, digest) = (query["tag"].ToString(), query["digest"].ToString());
        if (tag.Length > 0 == digest.Length > 0) return "name a tag or a digest";
        if (tag.Length > 0 ? !ReferenceGrammar.IsTag(tag) : !Digest.TryParse(digest, provider: null, out _)) return "the tag or the digest is none";
        if (query.ContainsKey("layer") && LayerOf(query) is null) return "layer is a number, 0 for the base";
        return query.ContainsKey("severity") && SeverityOf(query) is null ? "severity is critical, high, medium, low, negligible or unknown" : null;
    }

    private ImageVulnerabilities Of(ScanTarget target, ImageScan scan, IQueryCollection query)
    {
        var answer = new ImageVulnerabilities(scan.Manifest.ToString(), target.Platform?.ToString(), ScanWord.Of(scan.Outcome), scan.Reason) { ReadAt = scan.State == ImageScanState.Read ? scan.Ended : null };
        if (scan.Result is not { } result || scans.ReadKept(scan.Manifest, []) is not { } kept) return answer;
        return answer with
        {
            Reason = kept.State == ScanState.Scanned ? null : kept.Explanation,
            MatchedAt = result.Matched,
            DataUpdated = result.Updated,
            IsCurrent = result.Data == advisories.Mark(),
            Counts = ScanWord.Counts(scan),
            Fixable = kept.State == ScanState.Scanned ? result.Fixable : null,
            Findings = kept.State == ScanState.Scanned ? [.. kept.Findings.Where(f => IsAsked(f, query)).Select(Of)] : null,
            Undecided = [.. kept.Undecided.Select(u => new UndecidedAnswer(u.SourceName, u.SourceVersion, u.RecordId, u.Reason))],
            WithoutData = [.. kept.WithoutData.Select(m => new NoDataAnswer(m.Name, m.Packages))],
        };
    }

    private static bool IsAsked(Finding finding, IQueryCollection query) =>
        (SeverityOf(query) is not { } severity || finding.Severity == severity)
        && (LayerOf(query) is not { } layer || finding.Packages.Any(p => p.IntroducedBy?.Layer == layer));

    private static int? LayerOf(IQueryCollection query) => int.TryParse(query["layer"], NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : null;

    private static Severity? SeverityOf(IQueryCollection query) =>
        Array.Find(Enum.GetValues<Severity>(), s => ScanWord.Of(s) == query["severity"]) is var found && ScanWord.Of(found) == query["severity"] ? found : null;

    private static FindingAnswer Of(Finding f) => new(
        f.Id, f.Aliases, ScanWord.Of(f.Severity), f.SeveritySource, f.Score, f.Vector, f.SourceName, f.SourceVersion, f.FixedVersion, ScanWord.Of(f.FixState), f.Likelihood,
        f.ExploitedSince, f.Summary, f.RecordId, f.Database, f.Ecosystem, f.Rule, [.. f.Packages.Select(Of)]);

    private static FoundIn Of(Package p) => new(p.Name, p.Version, p.Type, p.Purl, p.Location, p.IntroducedBy?.Layer, p.IntroducedBy?.DiffId.ToString());
}
