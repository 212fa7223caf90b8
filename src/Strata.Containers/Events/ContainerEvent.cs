using System.Text.Json.Serialization;

namespace Strata.Containers;

/// <summary>Something that happened to a container.</summary>
public sealed record ContainerEvent
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>container, image, network or volume.</summary>
    public string Type { get; init; } = "container";

    /// <summary>Docker's word: create, start, die, kill, oom, destroy, ...</summary>
    public required string Action { get; init; }

    /// <summary>The ID of what it happened to.</summary>
    public required string Id { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ContainerEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
