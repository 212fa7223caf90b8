using System.Text.Json.Serialization;
using Strata.Oci;

namespace Strata.Build.Cache.Exchange;

/// <summary>The config of a cache that is handed on: which step made which layer, and what the folders of cache mounts are called.</summary>
internal sealed record CacheDocument
{
    public const string ArtifactType = "application/vnd.strata.build.cache.v1";
    public const string ConfigType = "application/vnd.strata.build.cache.config.v1+json";
    public const string MountType = "application/vnd.strata.build.cache.mount.v1.tar+gzip";
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>By key. Another version of the builder has other keys, and finds none of its own.</summary>
    [JsonPropertyName("steps")]
    public required IReadOnlyDictionary<string, CacheRecord> Steps { get; init; }

    /// <summary>Blobs by the folder's name.</summary>
    [JsonPropertyName("mounts")]
    public IReadOnlyDictionary<string, Descriptor> Mounts { get; init; } = new Dictionary<string, Descriptor>(StringComparer.Ordinal);
}
