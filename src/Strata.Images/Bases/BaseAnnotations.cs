using Strata.Oci;

namespace Strata.Images.Bases;

/// <summary>What an image says of its base. OCI image spec, annotations.md; builders that write no annotations write labels of the same names.</summary>
internal sealed record BaseAnnotations(string? Name, Digest? Digest)
{
    private const string NameKey = "org.opencontainers.image.base.name";
    private const string DigestKey = "org.opencontainers.image.base.digest";

    public bool IsEmpty => Name is null && Digest is null;

    public static BaseAnnotations Of(ImageDetails image)
    {
        // The nearest word counts: what is said of this image, then what is said of all in its index.
        string? Find(string key) => Text(image.Manifest.Annotations, key) ?? Text(image.IndexAnnotations, key)
            ?? Text(image.Config.Config?.Labels, key);
        return new BaseAnnotations(
            Find(NameKey),
            Oci.Digest.TryParse(Find(DigestKey), provider: null, out var digest) ? digest : null);
    }

    /// <summary>Whether an image of the store is the one that is meant: by digest, or by name where no digest is said.</summary>
    public bool Mean(BaseCandidate candidate) => Digest is { } digest ? candidate.Digests.Contains(digest) : IsName(candidate);

    public bool IsName(BaseCandidate candidate) => Reference.TryParse(Name, out var name) && candidate.Names.Contains(name);

    private static string? Text(IReadOnlyDictionary<string, string>? all, string key) => all?.GetValueOrDefault(key) is { Length: > 0 } text ? text : null;
}
