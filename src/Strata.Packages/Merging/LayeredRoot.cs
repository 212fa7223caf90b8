using Strata.Layers;
using Strata.Packages.Distributions;
using Strata.Packages.Facts;

namespace Strata.Packages.Merging;

/// <summary>The documents that are visible after some layers were put on each other. OCI image spec, layer.md, "Applying Changesets".</summary>
internal sealed class LayeredRoot
{
    private readonly Dictionary<string, PackageDocument> _documents = new(StringComparer.Ordinal);
    private List<CatalogFault> _faults = [];

    /// <summary>In the order of their paths.</summary>
    public IEnumerable<PackageDocument> Documents => _documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal);

    /// <summary>What could not be read in the files that are visible.</summary>
    public IReadOnlyList<CatalogFault> Faults => _faults;

    /// <summary>os-release(5): the file below etc wins; a link in its place leads to the other.</summary>
    public Distribution? Distribution =>
        _documents.GetValueOrDefault(OsReleaseCataloger.First)?.Distribution ?? _documents.GetValueOrDefault(OsReleaseCataloger.Second)?.Distribution;

    /// <summary>Puts a layer on top; true when a document changed, came or went.</summary>
    public bool Apply(ImageLayer layer)
    {
        var catalog = layer.Catalog;
        var changed = Hide(catalog.Removals);
        var replaced = catalog.Documents.Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        changed |= Cover(layer, replaced);
        if (_faults.Count > 0) _faults = [.. _faults.Where(f => !replaced.Contains(f.Path))];
        foreach (var document in catalog.Documents) _documents[document.Path] = document;
        _faults.AddRange(catalog.Faults.Select(f => f with { DiffId = layer.DiffId }));
        return changed || catalog.Documents.Count > 0;
    }

    /// <summary>Hides documents in whose place, or above whose place, the layer has something that is no such document.</summary>
    private bool Cover(ImageLayer layer, HashSet<string> replaced)
    {
        if (layer.Find is not { } find || _documents.Count == 0) return false;
        var folders = new Dictionary<string, bool>(StringComparer.Ordinal) { [""] = false };
        var covered = _documents.Keys
            .Where(p => !replaced.Contains(p) && (find(p) is { Whiteout: Whiteout.None } || IsReplaced(find, FolderOf(p), folders))).ToHashSet(StringComparer.Ordinal);
        foreach (var path in covered) _documents.Remove(path);
        if (covered.Count > 0) _faults = [.. _faults.Where(f => !covered.Contains(f.Path))];
        return covered.Count > 0;
    }

    /// <summary>Whether the layer has something else in the place of a folder, or of one above it.</summary>
    private static bool IsReplaced(Func<string, LayerEntry?> find, string folder, Dictionary<string, bool> known)
    {
        if (known.TryGetValue(folder, out var replaced)) return replaced;
        // What is above a folder is a folder, too.
        replaced = find(folder) is { Whiteout: Whiteout.None } entry ? entry.Type != EntryType.Directory : IsReplaced(find, FolderOf(folder), known);
        return known[folder] = replaced;
    }

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private bool Hide(IReadOnlyList<Removal> removals)
    {
        if (removals.Count == 0 || _documents.Count == 0 && _faults.Count == 0) return false;
        var gone = removals.Where(r => !r.Opaque).Select(r => r.Path).ToHashSet(StringComparer.Ordinal);
        var emptied = removals.Where(r => r.Opaque).Select(r => r.Path).ToHashSet(StringComparer.Ordinal);
        bool IsHidden(string path) => gone.Contains(path) || RootPath.Above(path).Any(f => gone.Contains(f) || emptied.Contains(f));

        _faults = [.. _faults.Where(f => !IsHidden(f.Path))];
        var hidden = _documents.Keys.Where(IsHidden).ToArray();
        foreach (var path in hidden) _documents.Remove(path);
        return hidden.Length > 0;
    }
}
