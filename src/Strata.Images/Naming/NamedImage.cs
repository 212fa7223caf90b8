using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

/// <summary>
/// One entry of the store's index: a manifest or, when all its platforms are here, an index; the name that leads to it, and the digest that the
/// name has at its registry. An image that has lost its name keeps an entry without one, so that it stays until somebody removes it.
/// </summary>
internal sealed record NamedImage(Reference? Name, Descriptor Manifest, Digest? RegistryDigest)
{
    /// <summary>The digest that a pull or push of the name resolved to: of an index, where the registry has one.</summary>
    private const string RegistryDigestAnnotation = "dev.strata.registry.digest";

    public static NamedImage Of(Descriptor entry)
    {
        var name = entry.Annotations?.GetValueOrDefault(ContentAnnotations.RefName);
        var digest = entry.Annotations?.GetValueOrDefault(RegistryDigestAnnotation);
        return new NamedImage(
            Reference.TryParse(name, out var reference) ? reference : null,
            entry with { Annotations = null },
            Digest.TryParse(digest, null, out var parsed) ? parsed : null);
    }

    public Descriptor ToEntry()
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (RegistryDigest is { } digest) annotations[RegistryDigestAnnotation] = digest.ToString();
        if (Name is not null) annotations[ContentAnnotations.RefName] = Name.ToString();
        return Manifest with { Annotations = annotations.Count == 0 ? null : annotations };
    }

    /// <summary>The name's repository with the digest it has there: <c>python@sha256:…</c>.</summary>
    public Reference? RepoDigest => Name is not null && RegistryDigest is { } digest ? Name.WithDigest(digest) : null;
}
