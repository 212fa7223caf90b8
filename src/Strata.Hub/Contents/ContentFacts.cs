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

    /// <summary>What is installed in an image; null where it was not read yet, or not by a program that sees as much as this one.</summary>
    public ImagePackages? PackagesOf(Digest manifest)
    {
        try
        {
            using var file = File.OpenRead(PackagesPathOf(manifest));
            return PackedJson.Read(file, ScanJson.Default.KeptPackages) is { IsCurrent: true } kept ? kept.Packages : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    internal bool IsComplete(Digest layer) => IndexOf(layer) is not null && Observer.Begin(layer) is null;

    internal void Keep(Digest layer, LayerIndexer indexer) => indexer.Save(_layers, layer);

    /// <summary>Keeps what an image's layers, which must all be known, come to together.</summary>
    internal void KeepImage(ImageContent image)
    {
        LayerIndex?[] indexes = [.. image.Layers.Select(l => IndexOf(l.Digest))];
        if (ChangesOf(image.Manifest) is null) Keep(PathOf(image.Manifest), file => JsonSerializer.Serialize(file, [.. LayerChanges.Of(indexes).OfType<FileChanges>()], HubJson.Default.FileChangesArray));
        if (PackagesOf(image.Manifest) is null) Keep(PackagesPathOf(image.Manifest), file => PackedJson.Write(file, KeptPackages.Of(Merge(image, indexes)), ScanJson.Default.KeptPackages));
    }

    private ImagePackages Merge(ImageContent image, LayerIndex?[] indexes)
    {
        var layers = new List<ImageLayer>();
        for (var i = 0; i < indexes.Length; i++)
        {
            var catalog = CatalogOf(image.Layers[i].Digest) ?? throw new IOException($"the facts of layer {image.Layers[i].Digest.Short} were kept and are gone");
            layers.Add(new ImageLayer(image.DiffIds[i], image.Instructions.ElementAtOrDefault(i), catalog) { Find = indexes[i] is { } index ? index.Find : null });
        }
        return ImageCatalog.Of(layers);
    }

    private static void Keep(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write)) write(file);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private string PackagesPathOf(Digest manifest) => Path.Combine(_folder, "images", manifest.Algorithm.Prefix(), manifest.Hex + ".json.br");

    private string PathOf(Digest manifest) => Path.Combine(_folder, "changes", manifest.Algorithm.Prefix(), manifest.Hex + ".json");
}
