using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

/// <summary>Finds the image that people mean: by name, by name and digest, or by the beginning of an ID.</summary>
internal sealed class ImageResolver(ContentStore store)
{
    private const int LeastPrefix = 4;
    private readonly StoredImages _images = new(store);

    /// <summary>The entries of the one image that <paramref name="nameOrId"/> means; the entry that matched comes first.</summary>
    /// <exception cref="ImageException">There is none, or several begin so.</exception>
    public IReadOnlyList<NamedImage> Resolve(string nameOrId)
    {
        var all = ImageNames.Read(store);
        var found = ByName(all, nameOrId) ?? ById(all, nameOrId) ?? throw NotFound(all, nameOrId);
        return [found, .. all.Where(i => i.Manifest.Digest == found.Manifest.Digest && i != found)];
    }

    /// <summary>The entry that <paramref name="nameOrId"/> means; null when there is none.</summary>
    public NamedImage? Find(string nameOrId)
    {
        var all = ImageNames.Read(store);
        return ByName(all, nameOrId) ?? ById(all, nameOrId);
    }

    private static NamedImage? ByName(IReadOnlyList<NamedImage> all, string text)
    {
        if (!Reference.TryParse(text, out var name)) return null;
        return all.FirstOrDefault(i => Equals(i.Name, name))
            ?? (name.Digest is { } digest
                ? all.FirstOrDefault(i => i.Name?.Name == name.Name && (i.RegistryDigest == digest || i.Manifest.Digest == digest))
                : null);
    }

    private NamedImage? ById(IReadOnlyList<NamedImage> all, string text)
    {
        if (IdPrefix(text) is not { } prefix) return null;
        var matches = all.Where(i => i.Manifest.Digest.Hex.StartsWith(prefix, StringComparison.Ordinal)
            || i.RegistryDigest?.Hex.StartsWith(prefix, StringComparison.Ordinal) == true
            || HasBelow(i.Manifest, prefix)).ToArray();
        return matches.DistinctBy(i => i.Manifest.Digest).Count() switch
        {
            0 => null,
            1 => matches.FirstOrDefault(i => i.Name is not null) ?? matches[0],
            // One image that is here alone and in an index of all platforms is still one.
            _ when matches.Where(i => !MediaTypes.IsIndex(i.Manifest.MediaType)).DistinctBy(i => i.Manifest.Digest).ToArray() is [var alone]
                && Array.TrueForAll(matches, i => Holds(i.Manifest, alone.Manifest.Digest)) => alone,
            var n => throw new ImageException($"{n} images have an ID that begins with {prefix}", "write more of it; `strata images` lists them"),
        };
    }

    /// <summary>The hex digits that a text is the beginning of an ID by; null when it is none.</summary>
    internal static string? IdPrefix(string text)
    {
        var prefix = text.StartsWith("sha256:", StringComparison.Ordinal) ? text["sha256:".Length..] : text;
        return prefix.Length < LeastPrefix || prefix.AsSpan().ContainsAnyExcept("0123456789abcdef") ? null : prefix;
    }

    private bool HasBelow(Descriptor top, string prefix) => Below(top).Any(m =>
        m.Digest.Hex.StartsWith(prefix, StringComparison.Ordinal) || _images.TryConfig(m)?.Hex.StartsWith(prefix, StringComparison.Ordinal) == true);

    private bool Holds(Descriptor top, Digest manifest) => Below(top).Any(m => m.Digest == manifest);

    private IReadOnlyList<Descriptor> Below(Descriptor top)
    {
        try
        {
            return _images.Manifests(top);
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return []; // a damaged image is found by its name, and by its own digest
        }
    }

    private static ImageException NotFound(IReadOnlyList<NamedImage> all, string text)
    {
        var like = all.Where(i => i.Name is not null)
            .Select(i => i.Name!.Familiar)
            .Where(n => n.Contains(LastPart(text), StringComparison.OrdinalIgnoreCase) || LastPart(text).Contains(LastPart(n), StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).Take(3).ToArray();
        var advice = like.Length > 0 ? "did you mean " + string.Join(" or ", like) + "?"
            : Reference.TryParse(text, out var name) ? $"bring it with: strata pull {name.Familiar}"
            : "`strata images` lists what is there";
        return new ImageException($"No such image: {text}", advice);
    }

    private static string LastPart(string name)
    {
        var part = name[(name.LastIndexOf('/') + 1)..];
        var end = part.AsSpan().IndexOfAny(':', '@');
        return end > 0 ? part[..end] : part;
    }
}
