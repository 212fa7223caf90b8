using Strata.Content;
using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>One image of an archive or layout, with the names that it has there.</summary>
/// <param name="Entry">Its entry in index.json; null in an archive from before docker 25.</param>
/// <param name="Docker">Its entry in manifest.json; null where there is an index.</param>
/// <param name="Names">Full names; empty when it has none, or a tag alone.</param>
/// <param name="Label">What the archive calls it, for choosing: a tag or a name.</param>
internal sealed record ArchivedImage(Descriptor? Entry, DockerArchiveImage? Docker, IReadOnlyList<Reference> Names, string? Label)
{
    /// <summary>All images, in the archive's order. Where an archive has both forms, the OCI layout counts: by it, digests survive.</summary>
    /// <exception cref="ImageException">There is none, or a document is not valid.</exception>
    public static async Task<IReadOnlyList<ArchivedImage>> ReadAsync(ILayoutFiles files, CancellationToken cancellationToken)
    {
        var index = await LayoutDocuments.ReadIndexAsync(files, cancellationToken).ConfigureAwait(false);
        if (index is { Manifests.Count: > 0 })
            return [.. index.Manifests.GroupBy(m => m.Digest).SelectMany(g => g.Select(m => new ArchivedImage(m, null, NamesOf(m), RefName(m))))];
        if (await files.ReadAsync(DockerArchive.ManifestPath, Manifest.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes)
        {
            return [.. DockerArchive.Parse(bytes, files.Name).Select(i =>
            {
                Reference[] names = [.. (i.RepoTags ?? []).Select(t => Reference.TryParse(t, out var name) ? name : null).OfType<Reference>()];
                return new ArchivedImage(null, i, names, names.Length == 0 ? null : names[0].ToString());
            })];
        }
        throw new ImageException($"{files.Name} has no image in it: neither {LayoutDocuments.IndexPath} nor {DockerArchive.ManifestPath} names one",
            "an archive of a root file system alone becomes an image by `strata import`");
    }

    /// <summary>The one image that is meant.</summary>
    /// <param name="tag">Its tag or name there; null when there should be only one.</param>
    public static ArchivedImage Choose(IReadOnlyList<ArchivedImage> images, string? tag, string where)
    {
        var labels = images.SelectMany(i => i.Names.Select(n => n.Familiar).DefaultIfEmpty(i.Label ?? "")).Where(l => l.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        var list = labels.Length == 0 ? "its images have no names" : "it has " + string.Join(", ", labels.Take(8));
        if (tag is null)
        {
            var first = images[0];
            if (images.All(i => i.Entry?.Digest == first.Entry?.Digest && i.Docker == first.Docker)) return first;
            throw new ImageException($"{where} has {images.Count} images", $"{list}: write the one you mean behind it, {where}:NAME");
        }
        return images.FirstOrDefault(i => i.Label == tag)
            ?? (Reference.TryParse(tag, out var name) ? images.FirstOrDefault(i => i.Names.Contains(name)) : null)
            ?? (Digest.TryParse(tag, out var digest) ? images.FirstOrDefault(i => i.Entry?.Digest == digest) : null)
            ?? throw new ImageException($"{where} has no {tag}", list);
    }

    private static string? RefName(Descriptor entry) => entry.Annotations?.GetValueOrDefault(ContentAnnotations.RefName);

    private static IReadOnlyList<Reference> NamesOf(Descriptor entry)
    {
        if (Reference.TryParse(entry.Annotations?.GetValueOrDefault(LayoutDocuments.ImageName), out var name)) return [name];
        // Some write the full name here, others the tag alone; "1.0" must not become an image of that name.
        return RefName(entry) is { } text && text.AsSpan().ContainsAny(':', '/') && Reference.TryParse(text, out name) ? [name] : [];
    }
}
