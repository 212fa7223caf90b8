using Strata.Images;
using Strata.Oci;
using Strata.Packages;
using Strata.Packages.Facts;
using Strata.Vulnerabilities.Matching;

namespace Strata.Dashboard.Contents;

/// <summary>What is inside an image: the packages of its layers merged, and what is known against them.</summary>
internal sealed class ImageContents(LocalImages images, CatalogStore facts, ContentReadings readings, Scanner scanner, DashboardOptions options)
{
    /// <exception cref="ImageException">There is no such image.</exception>
    public ImageDetails Find(Digest id) => images.Inspect(id.ToString());

    /// <summary>The packages as far as all layers have been read before; null when one has not.</summary>
    public ImagePackages? KnownPackages(ImageDetails image)
    {
        var layers = new List<ImageLayer>();
        foreach (var layer in image.Layers)
        {
            if (facts.Find(layer.DiffId) is not { } catalog) return null;
            layers.Add(new ImageLayer(layer.DiffId, layer.CreatedBy, catalog) { Find = images.IndexOf(layer.DiffId) is { } index ? index.Find : null });
        }
        return ImageCatalog.Of(layers) with { Base = FindBase(image) is { } found ? new BaseImage { Name = found.Name, Digest = found.Digest, Layers = found.Layers } : null };
    }

    /// <summary>The image of this store that another one was made from; null when none is known.</summary>
    public ImageBase? FindBase(ImageDetails image) => images.FindBase(image);

    /// <summary>
    /// The packages. Layers that nobody has read yet are read as a task; null says that it takes longer than a page should wait, and that the
    /// reader may come again.
    /// </summary>
    public async Task<ImagePackages?> PackagesAsync(ImageDetails image, CancellationToken cancellationToken) =>
        KnownPackages(image) ?? (await readings.ReadAsync(image, cancellationToken) ? KnownPackages(image) : null);

    public ScanResult Scan(ImagePackages packages, CancellationToken cancellationToken) =>
        scanner.Scan(Path.Combine(options.Root, "advisories", "advisories.db"), packages, cancellationToken);
}
