using Strata.Oci;

namespace Strata.Images;

/// <summary>Chooses the manifest of an index that runs on a platform.</summary>
public static class PlatformChoice
{
    /// <summary>The first that fits exactly, else the first that fits; null when none does.</summary>
    public static Descriptor? Of(ImageIndex index, Platform wanted)
    {
        var fitting = Images(index).Where(m => m.Platform is null || wanted.Accepts(m.Platform)).ToArray();
        return fitting.FirstOrDefault(m => m.Platform?.Variant == wanted.Variant && m.Platform is not null)
            ?? fitting.FirstOrDefault(m => m.Platform is not null)
            // An index of one manifest without a platform: its config says what it is for.
            ?? (fitting.Length == 1 && index.Manifests.Count == 1 ? fitting[0] : null);
    }

    /// <summary>Says that there is no image for the platform, and for which there are.</summary>
    public static ImageException None(string shownAs, ImageIndex index, Platform wanted)
    {
        var offered = Offered(index).Select(p => p.ToString()).Distinct(StringComparer.Ordinal).ToArray();
        return new ImageException($"{shownAs} has no image for {wanted}",
            offered.Length == 0 ? "its index names no platform at all" : $"it has {string.Join(", ", offered)}: choose one with --platform");
    }

    public static IEnumerable<Platform> Offered(ImageIndex index) => Images(index).Select(m => m.Platform).OfType<Platform>();

    /// <summary>Builders put attestations into the index as manifests for the platform "unknown": they are no images.</summary>
    public static IEnumerable<Descriptor> Images(ImageIndex index) => index.Manifests.Where(m =>
        MediaTypes.IsManifest(m.MediaType) && m.Platform is not { Architecture: "unknown" }
        && m.Annotations?.ContainsKey("vnd.docker.reference.type") != true);
}
