using System.Collections.Immutable;

namespace Strata.Hub;

/// <summary>What the hub knows of a repository. An instance never changes; a push makes a new one.</summary>
public sealed record HubRepository
{
    public required string Name { get; init; }

    /// <summary>What people call it; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The whole description; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>From the labels <c>org.opencontainers.image.*</c> of the newest image that has them: url, source, licenses, vendor, version.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public int Stars { get; init; }

    /// <summary>How many manifests were got by a tag.</summary>
    public long Pulls { get; init; }

    /// <summary>When a tag was last pushed or deleted.</summary>
    public DateTimeOffset Updated { get; init; }

    public ImmutableSortedDictionary<string, HubTag> Tags { get; init; } = ImmutableSortedDictionary.Create<string, HubTag>(StringComparer.Ordinal);

    public bool IsOfficial => Namespaces.IsOfficial(Name);

    public string Namespace => Namespaces.Of(Name);
}

/// <summary>A tag and what it names.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Digest">The manifest's digest.</param>
/// <param name="Size">Compressed bytes: config and layers; of an index, those of its first image.</param>
/// <param name="Pushed">When the tag was last set.</param>
/// <param name="Platforms">As <c>linux/amd64</c>, in the index's order; empty for what is no image.</param>
public sealed record HubTag(string Name, string Digest, long Size, DateTimeOffset Pushed, IReadOnlyList<string> Platforms);
