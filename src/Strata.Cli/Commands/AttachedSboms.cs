using Strata.Images;
using Strata.Oci;
using Strata.Packages;
using Strata.Packages.Formats.Attached;
using Strata.Registry.Client;

namespace Strata.Cli.Commands;

/// <summary>Finds the bills of materials among what is attached to an image, and reads them. One that cannot be read does not hide the others.</summary>
internal static class AttachedSboms
{
    /// <summary>What a signed document is kept in is a third larger than the document.</summary>
    private const int MostBytes = 256 * 1024 * 1024;

    public static async Task<IReadOnlyList<AttachedDocument>> ReadAsync(Session session, string what, Platform? platform, CancellationToken cancellationToken)
    {
        var attached = await session.Images.ListAttachmentsAsync(Arguments.ToReference(what), platform, cancellationToken).ConfigureAwait(false);
        var documents = new List<AttachedDocument>();
        foreach (var item in attached.Items)
        {
            if (item.Fault is not null) documents.Add(new AttachedDocument(item, null, item.Fault));
            else if (await TryReadAsync(session, attached, item, cancellationToken).ConfigureAwait(false) is { } document) documents.Add(document);
        }
        return documents;
    }

    /// <summary>
    /// The packages by one of them, and says which: one that this program made has the layers in it; then CycloneDX, then SPDX, the one with the
    /// most packages.
    /// </summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static async Task<ImagePackages> PackagesAsync(Session session, string what, Platform? platform, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(session, what, platform, cancellationToken).ConfigureAwait(false);
        Warn(what, all);
        var best = all.Where(d => d.Sbom is not null)
            .OrderByDescending(d => d.Sbom!.Tool?.StartsWith("strata", StringComparison.Ordinal) == true)
            .ThenBy(d => d.Sbom!.Format, StringComparer.Ordinal)
            .ThenByDescending(d => d.Sbom!.Packages.Packages.Count).FirstOrDefault()
            ?? throw new CommandException($"no bill of materials is attached to {what}", $"add one: strata sbom {what} --attach");
        if (!session.Output.IsQuiet)
        {
            Console.Error.WriteLine(Rendering.Terminal.Clean(
                $"as {best.Attachment.Content!.Digest.Short} says ({best.Sbom!.Format} by {best.Sbom.Tool ?? "an unknown tool"}, attached by {AttachedList.How(best.Attachment.AttachedBy)})"));
        }
        return best.Sbom!.Packages;
    }

    /// <summary>What cannot be read is said, and the rest counts.</summary>
    /// <exception cref="CommandException">None can be read.</exception>
    public static void Warn(string what, IReadOnlyList<AttachedDocument> all)
    {
        foreach (var broken in all.Where(d => d.Fault is not null))
            Console.Error.WriteLine(Rendering.Terminal.Clean($"strata: {(broken.Attachment.Content?.Digest ?? broken.Attachment.Manifest).Short}, attached to {what}, cannot be read: {broken.Fault}"));
        if (all.Count > 0 && all.All(d => d.Sbom is null)) throw new CommandException($"none of what is attached to {what} can be read", "ask who attached it; strata sbom --attach adds one of this image");
    }

    /// <summary>Null for what is no bill of materials: a signature, or how the image was built.</summary>
    private static async Task<AttachedDocument?> TryReadAsync(Session session, ImageAttachments attached, Attachment item, CancellationToken cancellationToken)
    {
        var content = item.Content!;
        var predicate = Attachment.PredicateOf(content);
        if (SbomTypes.IsNotRead(content.MediaType) || SbomTypes.IsNotRead(item.ArtifactType) && !SbomTypes.IsRead(content.MediaType))
            return new AttachedDocument(item, null, $"it is {(SbomTypes.IsNotRead(content.MediaType) ? content.MediaType : item.ArtifactType)}; CycloneDX JSON and SPDX 2 JSON are read");
        // What tools without a type for files attach is told by the artifact's type alone.
        var isDocument = SbomTypes.IsRead(content.MediaType) || SbomTypes.IsRead(item.ArtifactType);
        if (!isDocument && (!SbomTypes.IsStatement(content.MediaType) || predicate is not null && !SbomTypes.IsPredicate(predicate))) return null;
        try
        {
            var bytes = await session.Images.ReadAttachmentAsync(attached.Name, content, MostBytes, cancellationToken).ConfigureAwait(false);
            return AttachedSbomReader.Read(bytes, attached.Subjects) is { } sbom ? new AttachedDocument(item, sbom, null) : null;
        }
        catch (Exception e) when (e is InvalidDataException or ImageException or RegistryException)
        {
            return new AttachedDocument(item, null, e.Message);
        }
    }
}
