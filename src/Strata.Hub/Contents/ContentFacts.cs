using System.Text.Json;
using Strata.Layers;
using Strata.Oci;
using Strata.Packages;
using Strata.Packages.Facts;

namespace Strata.Hub;

/// <summary>
/// What is known of the content of images: of each layer its files and packages, of each image what its layers change. Kept under
/// <c>facts/</c>, which may be deleted at any time. Layers go by the digest of their blob, which the registry has checked, and never by the
/// diffID: that is somebody's word, and must not lead to what is in a layer of others.
/// </summary>
public sealed class ContentFacts
{
    private readonly string _folder;
    private readonly string _layers;
    private readonly CatalogStore _packages;

    internal ContentFacts(HubOptions options)
    {
        _folder = Path.Combine(options.DataFolder, "facts");
        _layers = Path.Combine(_folder, "layers");
        _packages = new CatalogStore(Path.Combine(_folder, "packages"));
        Observer = new PackageObserver(_packages);
    }

    /// <summary>The folder of all of it.</summary>
    internal string Folder => _folder;

    internal PackageObserver Observer { get; }

    /// <summary>The files of a layer; null where it was not read yet.</summary>
    public LayerIndex? IndexOf(Digest layer) => LayerIndex.TryLoad(_layers, layer);

    /// <summary>The packages of a layer; null where it was not read yet.</summary>
    public LayerCatalog? CatalogOf(Digest layer) => _packages.Find(layer);

    /// <summary>What each layer of an image adds, changes and removes; null where that was not counted yet.</summary>
    public IReadOnlyList<FileChanges>? ChangesOf(Digest manifest)
    {
        try
        {
            using var file = File.OpenRead(PathOf(manifest));
            return JsonSerializer.Deserialize(file, HubJson.Default.FileChangesArray);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>True when an image can be shown with all that is in it.</summary>
    public bool IsComplete(ImageContent image) => ChangesOf(image.Manifest) is not null && image.Layers.All(l => IsComplete(l.Digest));

    internal bool IsComplete(Digest layer) => IndexOf(layer) is not null && Observer.Begin(layer) is null;

    internal void Keep(Digest layer, LayerIndexer indexer) => indexer.Save(_layers, layer);

    internal void KeepChanges(Digest manifest, FileChanges[] changes)
    {
        var path = PathOf(manifest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write)) JsonSerializer.Serialize(file, changes, HubJson.Default.FileChangesArray);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private string PathOf(Digest manifest) => Path.Combine(_folder, "changes", manifest.Algorithm.Prefix(), manifest.Hex + ".json");
}
