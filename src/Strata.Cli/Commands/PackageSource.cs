using Strata.Images;
using Strata.Oci;
using Strata.Packages;

namespace Strata.Cli.Commands;

/// <summary>The packages of what was named: an image of the store, or <c>dir:PATH</c>, a plain folder.</summary>
internal static class PackageSource
{
    private const string FolderPrefix = "dir:";

    public static Task<ImagePackages> ReadAsync(Session session, string what, CancellationToken cancellationToken) =>
        ReadAsync(session, what, platform: null, cancellationToken);

    public static async Task<ImagePackages> ReadAsync(Session session, string what, Platform? platform, CancellationToken cancellationToken)
    {
        if (what.StartsWith(FolderPrefix, StringComparison.Ordinal))
        {
            var path = what[FolderPrefix.Length..];
            if (!Directory.Exists(path)) throw new CommandException($"there is no folder {path}", "dir: takes the root of an unpacked file system");
            return FolderCatalog.Read(path, cancellationToken);
        }
        var image = session.Images.Inspect(what, platform);
        await session.Images.ObserveLayersAsync(image, cancellationToken).ConfigureAwait(false);
        return ImageCatalog.Of([.. image.Layers.Select(l => LayerOf(session, l))]);
    }

    private static ImageLayer LayerOf(Session session, LayerDetails layer)
    {
        var catalog = session.Catalogs.Find(layer.DiffId)
            ?? throw new CommandException($"the packages of layer {layer.DiffId.Short} could not be kept", $"check that {session.Root} can be written to");
        return new ImageLayer(layer.DiffId, layer.Instruction, catalog) { Find = session.Images.IndexOf(layer.DiffId) is { } index ? index.Find : null };
    }

    /// <summary>What a cataloguer could not read is said, not swallowed.</summary>
    public static void Warn(ImagePackages packages)
    {
        foreach (var fault in packages.Faults)
            Console.Error.WriteLine($"strata: {fault.Path} could not be read whole: {fault.Reason}");
    }
}
