using Strata.Hub.Pages.Addresses;
using Strata.Images;
using Strata.Oci;

namespace Strata.Hub.Pages.Images;

/// <summary>An image of the hub: what an address leads to, of one platform.</summary>
public sealed record FoundImage
{
    public required HubRepository Repository { get; init; }

    public required PageAddress Address { get; init; }

    /// <summary>What the tag or digest names: the manifest, or an index that has it.</summary>
    public required Digest Top { get; init; }

    /// <summary>The images of the index; empty where there is none.</summary>
    public required IReadOnlyList<Descriptor> Platforms { get; init; }

    /// <summary>The index; null where there is none.</summary>
    public ImageIndex? Index { get; init; }

    public required Manifest Manifest { get; init; }

    public required Digest ManifestDigest { get; init; }

    /// <summary>Null for what is no image to run: a chart, a signature.</summary>
    public ImageDetails? Image { get; init; }

    /// <summary>Tags of the repository that name the same.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The value of platform= in the address; null for the one that is shown unless told.</summary>
    public string? Chosen { get; init; }

    public ImageContent Content => new(Repository.Name, ManifestDigest, Manifest.Layers, Image?.Config.RootFs.DiffIds ?? [])
    {
        Instructions = [.. Image?.Config.HistoryOfLayers().Select(h => h?.CreatedBy) ?? []],
    };

    public string Title => Address.Tag is { } tag ? $"{Repository.Name}:{tag}" : $"{Repository.Name}@{Address.Digest!.Value.Short}";
}
