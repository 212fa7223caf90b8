using Strata.Images;
using Strata.Oci;
using Strata.Packages;
using Strata.Packages.Formats;

namespace Strata.Cli.Commands;

/// <summary>The packages of what was named: an image of the store, <c>dir:PATH</c>, a plain folder, or a bill of materials.</summary>
internal static class PackageSource
{
    private const string FolderPrefix = "dir:";

    /// <summary>False for a folder, and for a file that is a bill of materials.</summary>
    public static bool IsImage(string what) => !what.StartsWith(FolderPrefix, StringComparison.Ordinal) && !IsFile(what);

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
        if (IsFile(what)) return ReadDocument(what);
        return await OfImageAsync(session, session.Images.Inspect(what, platform), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same with what the image was made from.</summary>
    /// <param name="baseName">What the user says it is; null to look for it.</param>
    public static async Task<FoundPackages> FindAsync(Session session, string what, Platform? platform, string? baseName, CancellationToken cancellationToken)
    {
        if (!IsImage(what))
        {
            if (baseName is not null) throw new UsageException($"{what} is no image: --base is for an image");
            return new FoundPackages(await ReadAsync(session, what, platform, cancellationToken).ConfigureAwait(false), Base: null);
        }
        var image = session.Images.Inspect(what, platform);
        var found = baseName is null ? session.Images.FindBase(image) : session.Images.FindBase(image, baseName);
        var packages = await OfImageAsync(session, image, cancellationToken).ConfigureAwait(false);
        return new FoundPackages(
            packages with { Base = found is null ? null : new BaseImage { Name = found.Name, Digest = found.Digest, Layers = found.Layers } }, found);
    }

    private static async Task<ImagePackages> OfImageAsync(Session session, ImageDetails image, CancellationToken cancellationToken)
    {
        await session.Images.ObserveLayersAsync(image, cancellationToken).ConfigureAwait(false);
        return ImageCatalog.Of([.. image.Layers.Select(l => LayerOf(session, l))]);
    }

    /// <summary>A name with a slash or the extension may be a file's; what is none is an image's.</summary>
    private static bool IsFile(string what) =>
        (what.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || what.StartsWith('.') || what.StartsWith('/')) && File.Exists(what);

    private static ImagePackages ReadDocument(string path)
    {
        try
        {
            return SbomReader.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw new CommandException($"{path} cannot be read as a bill of materials: {e.Message}", "CycloneDX JSON and SPDX 2 JSON are read; strata sbom writes both");
        }
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
