using Strata.Oci;

namespace Strata.Images.Transports;

/// <summary>Where an image is or shall be, as people write it: a name, or a kind of place with a path behind a colon.</summary>
/// <param name="Path">The folder or file; empty for names.</param>
/// <param name="Tag">What follows the path: the name within a layout or archive; null for none.</param>
/// <param name="Reference">The image's name, for the kinds that have one.</param>
public sealed record ImageLocation(LocationKind Kind, string Path, string? Tag, Reference? Reference)
{
    private const string RegistryPrefix = "docker://";
    private const string StorePrefix = "store://";

    private static readonly (string Prefix, LocationKind Kind)[] Paths =
    [
        ("oci:", LocationKind.OciFolder), ("oci-archive:", LocationKind.OciArchive), ("docker-archive:", LocationKind.DockerArchive),
    ];

    /// <summary>
    /// Reads <c>oci:DIR[:TAG]</c>, <c>oci-archive:FILE[:TAG]</c>, <c>docker-archive:FILE[:NAME:TAG]</c>, <c>docker://NAME</c> for a registry,
    /// <c>store://NAME</c>, or a bare name: that is the store or a registry by <see cref="IsBare"/>'s rules.
    /// </summary>
    /// <exception cref="FormatException">It is none of these; the message says why.</exception>
    public static ImageLocation Parse(string text)
    {
        foreach (var (prefix, kind) in Paths)
        {
            if (!text.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var rest = text[prefix.Length..];
            var colon = rest.IndexOf(':', StringComparison.Ordinal);
            var path = colon < 0 ? rest : rest[..colon];
            if (path.Length == 0) throw new FormatException($"'{text}' names no {(kind == LocationKind.OciFolder ? "folder" : "file")}: write {prefix}PATH[:TAG]");
            var tag = colon < 0 || colon == rest.Length - 1 ? null : rest[(colon + 1)..];
            return new ImageLocation(kind, path, tag, kind == LocationKind.DockerArchive && tag is not null ? Oci.Reference.Parse(tag) : null);
        }
        if (text.StartsWith(RegistryPrefix, StringComparison.Ordinal))
            return new ImageLocation(LocationKind.Registry, "", null, Oci.Reference.Parse(text[RegistryPrefix.Length..]));
        if (text.StartsWith(StorePrefix, StringComparison.Ordinal))
            return new ImageLocation(LocationKind.Store, "", text[StorePrefix.Length..], Named(text[StorePrefix.Length..]));
        return new ImageLocation(LocationKind.Bare, "", text, Named(text));
    }

    /// <summary>
    /// True for a name alone. As a source it is the store's image where the store has it, else the registry's; as a target it is the registry
    /// when the name says which one, else the store: nobody means to push to docker.io by leaving something out.
    /// </summary>
    public bool IsBare => Kind == LocationKind.Bare;

    internal bool NamesItsRegistry
    {
        get
        {
            var head = Tag!.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? Tag[..slash] : "";
            return head.AsSpan().ContainsAny('.', ':') || head == "localhost";
        }
    }

    /// <summary>An ID is no name, and finds an image in the store all the same.</summary>
    private static Reference? Named(string text) => Oci.Reference.TryParse(text, out var reference) ? reference : null;
}

public enum LocationKind
{
    /// <summary>A name alone.</summary>
    Bare,
    Store,
    Registry,
    OciFolder,
    OciArchive,
    DockerArchive,
}
