using System.Text.Json.Nodes;
using Strata.Oci;
using Strata.Packages;

namespace Strata.Cli.Commands;

/// <summary>Which packages came, went, or have another version.</summary>
internal sealed class PackageDiff(IReadOnlyList<(string Name, string Type, string? Before, string? After)> changes) : IDiffSection
{
    public string Name => "packages";

    public string Summary => $"{changes.Count(c => c.Before is null)} added, {changes.Count(c => c.After is null)} removed, "
        + $"{changes.Count(c => c.Before is not null && c.After is not null)} with another version";

    public static async Task<PackageDiff> OfAsync(Session session, string before, string after, Platform? platform, CancellationToken cancellationToken)
    {
        var a = Versions(await PackageSource.ReadAsync(session, before, platform, cancellationToken).ConfigureAwait(false));
        var b = Versions(await PackageSource.ReadAsync(session, after, platform, cancellationToken).ConfigureAwait(false));
        return new PackageDiff([.. a.Keys.Union(b.Keys).Order()
            .Select(k => (k.Name, k.Type, Before: a.GetValueOrDefault(k), After: b.GetValueOrDefault(k)))
            .Where(c => c.Before != c.After)]);
    }

    public IEnumerable<string> Lines() => changes.Select(c =>
        c.Before is null ? $"+ {c.Name} {c.After}" : c.After is null ? $"- {c.Name} {c.Before}" : $"~ {c.Name} {c.Before} to {c.After}");

    public JsonArray ToJson() => new([.. changes.Select(c => (JsonNode)new JsonObject { ["name"] = c.Name, ["type"] = c.Type, ["before"] = c.Before, ["after"] = c.After })]);

    /// <summary>Several architectures of one package are one line.</summary>
    private static Dictionary<(string Name, string Type), string> Versions(ImagePackages packages) => packages.Packages
        .GroupBy(p => (p.Name, p.Type)).ToDictionary(g => g.Key, g => string.Join(", ", g.Select(p => p.Version).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
}
