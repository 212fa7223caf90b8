using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Oci;
using Strata.Packages;
using Strata.Packages.Comparing;
using Strata.Vulnerabilities.Versions;

namespace Strata.Cli.Commands;

/// <summary>Which packages came, went, or have another version, by type, each with the layer that brought it.</summary>
internal sealed class PackageDiff(IReadOnlyList<PackageChange> changes) : IDiffSection
{
    /// <summary>What is shown of an instruction; JSON has it whole.</summary>
    private const int InstructionWidth = 60;

    private const string Added = "added";
    private const string Removed = "removed";
    private const string Changed = "changed";
    private static readonly string[] Kinds = [Added, Removed, "up", "down", Changed];

    public string Name => "packages";

    public string Summary => changes.Count == 0 ? "no difference" : Counts(changes);

    public static async Task<PackageDiff> OfAsync(Session session, string before, string after, Platform? platform, CancellationToken cancellationToken) => new(PackageComparison.Between(
        await PackageSource.ReadAsync(session, before, platform, cancellationToken).ConfigureAwait(false),
        await PackageSource.ReadAsync(session, after, platform, cancellationToken).ConfigureAwait(false)));

    /// <summary>Types one after the other, the columns of a type below each other.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var type in changes.GroupBy(c => c.Type, StringComparer.Ordinal))
        {
            yield return $"{type.Key}: {Counts(type)}";
            var rows = type.Select(c => (Text: What(c), Origin: Shown((c.After ?? c.Before)!.IntroducedBy))).ToArray();
            var width = rows.Max(r => r.Text.Length);
            foreach (var (text, origin) in rows) yield return $"{text.PadRight(width)}   {origin}".TrimEnd();
        }
    }

    public JsonArray ToJson() => new([.. changes.Select(c => (JsonNode)new JsonObject
    {
        ["name"] = c.Name,
        ["type"] = c.Type,
        ["architecture"] = c.Architecture,
        ["change"] = Kind(c),
        ["before"] = c.Before?.Version,
        ["after"] = c.After?.Version,
        ["layerBefore"] = PackagesCommand.ToJson(c.Before?.IntroducedBy),
        ["layer"] = PackagesCommand.ToJson(c.After?.IntroducedBy),
        ["locationBefore"] = c.Before?.Location,
        ["location"] = c.After?.Location,
    })]);

    private static string What(PackageChange c) => Kind(c) switch
    {
        Added => $"+ {Named(c)} {c.After!.Version}",
        Removed => $"- {Named(c)} {c.Before!.Version}",
        Changed => $"~ {Named(c)} {c.Before!.Version} to {c.After!.Version}",
        var direction => $"~ {Named(c)} {c.Before!.Version} {direction} to {c.After!.Version}",
    };

    private static string Named(PackageChange c) => c.Architecture is { } a ? $"{c.Name} ({a})" : c.Name;

    /// <summary>Up or down by the order of the type's own tools; where none is known, two versions are only different.</summary>
    private static string Kind(PackageChange c)
    {
        if (c.Before is null) return Added;
        if (c.After is null) return Removed;
        return VersionOrders.TryFor(c.Type)?.Compare(c.Before.Version, c.After.Version) switch
        {
            VersionRelation.Before => "up",
            VersionRelation.After => "down",
            _ => Changed,
        };
    }

    private static string Counts(IEnumerable<PackageChange> some)
    {
        var counts = some.CountBy(Kind).ToDictionary(StringComparer.Ordinal);
        return string.Join(", ", Kinds.Where(counts.ContainsKey).Select(k => $"{counts[k]} {k}"));
    }

    private static string Shown(LayerOrigin? origin) => origin is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $"layer {origin.Layer}{(origin.Instruction is { Length: > 0 } i ? ": " + Cut(i) : "")}");

    private static string Cut(string instruction) => instruction.Length <= InstructionWidth ? instruction : instruction[..(InstructionWidth - 1)] + "…";
}
