using System.Diagnostics.CodeAnalysis;
using Strata.Oci;

namespace Strata.Hub.Pages.Addresses;

/// <summary>
/// What stands behind <c>/r/</c>: a repository, or an image as people name it, with a view of it:
/// <c>library/python</c>, <c>library/python:3.11/packages</c>, <c>library/python@sha256:…/layers</c>. No repository's name has ':' or '@'.
/// </summary>
/// <param name="Repository">Valid.</param>
/// <param name="Tag">Null for an image by digest, and for a repository.</param>
/// <param name="Digest">Null for an image by tag, and for a repository.</param>
/// <param name="View">What of the image; empty for the first view.</param>
public sealed record PageAddress(string Repository, string? Tag, Digest? Digest, string View)
{
    public const string Root = "/r/";

    public bool IsImage => Tag is not null || Digest is not null;

    /// <summary>The tag, or the digest.</summary>
    public string Reference => Tag ?? Digest?.ToString() ?? "";

    /// <summary>The address without the view.</summary>
    public string Path => Tag is not null ? OfImage(Repository, Tag) : Digest is { } digest ? OfImage(Repository, digest) : OfRepository(Repository);

    public static string OfRepository(string repository) => Root + repository;

    public static string OfImage(string repository, string tag) => $"{Root}{repository}:{tag}";

    public static string OfImage(string repository, Digest digest) => $"{Root}{repository}@{digest}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out PageAddress? address)
    {
        address = null;
        if (text is null) return false;
        var mark = text.AsSpan().IndexOfAny(':', '@');
        var repository = mark < 0 ? text : text[..mark];
        if (!ReferenceGrammar.IsRepository(repository)) return false;
        if (mark < 0)
        {
            address = new PageAddress(repository, Tag: null, Digest: null, View: "");
            return true;
        }
        var rest = text[(mark + 1)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (reference, view) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        if (text[mark] == ':')
        {
            if (ReferenceGrammar.IsTag(reference)) address = new PageAddress(repository, reference, Digest: null, view);
        }
        else if (Oci.Digest.TryParse(reference, out var digest))
        {
            address = new PageAddress(repository, Tag: null, digest, view);
        }
        return address is not null;
    }
}
