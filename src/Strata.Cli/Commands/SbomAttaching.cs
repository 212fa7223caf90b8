using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Oci;

namespace Strata.Cli.Commands;

/// <summary>Attaches a bill of materials to an image in the registry that its name says.</summary>
internal static class SbomAttaching
{
    private const string CreatedAnnotation = "org.opencontainers.image.created";

    /// <param name="document">Makes it, from the name that it says of the image.</param>
    public static async Task RunAsync(
        Session session, string what, Platform? platform, string mediaType, Func<string, byte[]> document, CancellationToken cancellationToken)
    {
        if (!PackageSource.IsImage(what)) throw new UsageException($"{what} is no image: only to an image in a registry can something be attached");
        var name = Arguments.ToReference(what);
        var image = session.Images.Inspect(what, platform);
        if (!image.Names.Contains(name) && !image.RepoDigests.Contains(name))
            throw new CommandException($"{what} names no registry of the image", $"use its name: {string.Join(" or ", image.Names.Select(n => n.Familiar))}");
        // The time is the image's, so that the same document is the same manifest whenever it is attached.
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [CreatedAnnotation] = (image.Config.Created ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        var bytes = document(name.Familiar);
        var attached = await session.Images.AttachAsync(name, image, mediaType, bytes, annotations, cancellationToken).ConfigureAwait(false);
        session.Output.Object(new JsonObject
        {
            ["repository"] = name.FamiliarName,
            ["digest"] = attached.Digest.ToString(),
            ["artifactType"] = attached.ArtifactType,
            ["subject"] = image.ManifestDescriptor.Digest.ToString(),
            ["document"] = Digest.Of(bytes).ToString(),
            ["size"] = bytes.Length,
        }, asText: () => Console.Out.WriteLine(session.Output.IsQuiet ? attached.Digest.ToString() : name.WithDigest(attached.Digest).Familiar));
    }
}
