using System.Text.Json.Serialization;

namespace Strata.Build;

/// <summary>What is known of one build: while it goes on, and afterwards.</summary>
public sealed record BuildRecord
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("state")]
    public BuildState State { get; init; }

    [JsonPropertyName("started")]
    public DateTimeOffset Started { get; init; }

    /// <summary>Null while it goes on, and where nobody saw its end.</summary>
    [JsonPropertyName("ended")]
    public DateTimeOffset? Ended { get; init; }

    /// <summary>As it was written on the command line.</summary>
    [JsonPropertyName("context")]
    public string Context { get; init; } = "";

    [JsonPropertyName("dockerfile")]
    public string Dockerfile { get; init; } = "";

    [JsonPropertyName("target")]
    public string? Target { get; init; }

    [JsonPropertyName("platforms")]
    public IReadOnlyList<string> Platforms { get; init; } = [];

    [JsonPropertyName("names")]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The image's ID and digest, of one that was built.</summary>
    [JsonPropertyName("imageId")]
    public string? ImageId { get; init; }

    [JsonPropertyName("digest")]
    public string? Digest { get; init; }

    /// <summary>Of one that failed: what, why, and what to do.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("advice")]
    public string? Advice { get; init; }

    [JsonPropertyName("steps")]
    public IReadOnlyList<RecordedStep> Steps { get; init; } = [];

    [JsonPropertyName("warnings")]
    public IReadOnlyList<BuildWarning> Warnings { get; init; } = [];
}

/// <summary>One step of a build that is on record.</summary>
/// <param name="Reason">Why it was not found in the cache; null where it was, or where there is none.</param>
public sealed record RecordedStep(
    [property: JsonPropertyName("number")] int Number,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("state")] StepState State,
    [property: JsonPropertyName("started")] DateTimeOffset Started,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("error")] string? Error);

[JsonConverter(typeof(JsonStringEnumConverter<BuildState>))]
public enum BuildState
{
    Running,
    Done,
    Failed,
    Canceled,

    /// <summary>Its process is gone, and left no word.</summary>
    Interrupted,
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BuildRecord))]
internal sealed partial class HistoryJson : JsonSerializerContext;
