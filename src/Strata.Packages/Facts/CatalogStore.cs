using System.Text.Json;
using Strata.Oci;

namespace Strata.Packages.Facts;

/// <summary>
/// Keeps the facts of layers: one file per diffID, <c>sha256/HEX.json</c> below a folder that may be deleted at any time.
/// Safe under many threads and processes: a file is whole or not there.
/// </summary>
/// <param name="folder">Usually <c>ROOT/facts/packages</c>; made when the first facts are kept.</param>
public sealed class CatalogStore(string folder)
{
    /// <summary>The facts of the layer, or null when there are none that can be used (never made, of another format, damaged).</summary>
    public LayerCatalog? Find(Digest diffId)
    {
        try
        {
            using var file = File.OpenRead(PathOf(diffId));
            var catalog = JsonSerializer.Deserialize(file, FactsJson.Default.LayerCatalog);
            return catalog?.Format == LayerCatalog.CurrentFormat && IsWhole(catalog) ? catalog : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>When this returns, <see cref="Find"/> gives the facts. Calling it again replaces them.</summary>
    public void Keep(Digest diffId, LayerCatalog catalog)
    {
        var path = PathOf(diffId);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            // No flush to disk: facts that a power cut damaged are as good as absent, and come back.
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                JsonSerializer.Serialize(file, catalog, FactsJson.Default.LayerCatalog);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>What the serialiser does not check: a list that is missing, or a null in one.</summary>
    private static bool IsWhole(LayerCatalog catalog) =>
        catalog is { Documents: not null, Removals: not null, Faults: not null }
        && catalog.Documents.All(d => d is { Packages: not null } && d.Packages.All(p => p is not null))
        && catalog.Removals.All(r => r is not null)
        && catalog.Faults.All(f => f is not null);

    private string PathOf(Digest diffId)
    {
        if (!diffId.IsKnown) throw new ArgumentException("a diffID that names nothing has no facts", nameof(diffId));
        return Path.Combine(folder, diffId.Algorithm.Prefix(), diffId.Hex + ".json");
    }
}
