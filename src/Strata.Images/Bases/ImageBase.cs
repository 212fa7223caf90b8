using Strata.Oci;

namespace Strata.Images;

/// <summary>The image that another one was made from.</summary>
public sealed record ImageBase
{
    /// <summary>As people name it: <c>debian:12</c>; an image without a name by the beginning of its ID.</summary>
    public required string Name { get; init; }

    /// <summary>The same as a name that a registry may know; null for an image without a name.</summary>
    public Reference? Reference { get; init; }

    /// <summary>Its manifest, or what the annotation says; null where only a name is known.</summary>
    public Digest? Digest { get; init; }

    /// <summary>How many layers of the image are the base's, from the first on; null when the base is not in the store to compare with.</summary>
    public int? Layers { get; init; }

    /// <summary>How many entries of the image's history are the base's, from the oldest on; null as <see cref="Layers"/>.</summary>
    public int? HistoryEntries { get; init; }

    public required BaseFoundBy FoundBy { get; init; }

    /// <summary>Other images of the store that have the same layers, and could be the base as well.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>What the image's annotations name as its base, where that is another and not in the store.</summary>
    public string? AlsoAnnotated { get; init; }

    /// <summary>Whether a layer is the base's; null where that is not known.</summary>
    /// <param name="position">0 is the first.</param>
    public bool? HasLayer(int position) => Layers is { } layers ? position < layers : null;

    /// <summary>The line of a Dockerfile that builds on it as it was; null for an image without a name.</summary>
    public string? Instruction => Reference is not { } name ? null : Digest is { } digest ? $"FROM {name.Familiar}@{digest}" : $"FROM {name.Familiar}";

    /// <summary>Bytes of its layers in an image that was made from it, as a registry has them; null where it is not known which they are.</summary>
    public long? CompressedSizeIn(ImageDetails image) => Layers is { } n ? image.Layers.Take(n).Sum(l => l.Descriptor.Size) : null;

    /// <summary>
    /// The command that puts what lies on the base onto the same tag's newer image, without a build; null where there is none newer, or it is not
    /// known where the base ends.
    /// </summary>
    /// <param name="image">The image, as it is named.</param>
    /// <param name="alternatives">What could be its base instead.</param>
    public string? RebaseCommand(string image, IEnumerable<BaseAlternative> alternatives) =>
        Layers is not null && alternatives.FirstOrDefault(a => a.Kind == AlternativeKind.Refreshed) is { Name: var name }
            ? $"strata pull {name.Familiar} && strata rebase {image} --from {Digest} --onto {name.Familiar}"
            : null;

    /// <summary>The same with the name that somebody gave it, where it has none of its own.</summary>
    internal ImageBase Named(string? name) => Reference is null && Oci.Reference.TryParse(name, out var reference) ? this with { Reference = reference } : this;
}
