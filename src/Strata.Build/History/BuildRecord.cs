using System.Text.Json.Serialization;

namespace Strata.Build;

/// <summary>What is known of one build: while it goes on, and afterwards.</summary>
public sealed record BuildRecord
{
    public required string Id { get; init; }

    public BuildState State { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>Null while it goes on, and where nobody saw its end.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>As it was written on the command line.</summary>
    public string Context { get; init; } = "";

    public string Dockerfile { get; init; } = "";

    public string? Target { get; init; }

    public IReadOnlyList<string> Platforms { get; init; } = [];

    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The image's ID and digest, of one that was built.</summary>
    public string? ImageId { get; init; }

    public string? Digest { get; init; }

    /// <summary>Of one that failed: what, why, and what to do.</summary>
    public string? Error { get; init; }

    public string? Advice { get; init; }

    public IReadOnlyList<RecordedStep> Steps { get; init; } = [];

    public IReadOnlyList<BuildWarning> Warnings { get; init; } = [];
}

/// <summary>One step of a build that is on record.</summary>
/// <param name="Reason">Why it was not found in the cache; null where it was, or where there is none.</param>
public sealed record RecordedStep(
    int Number,
    string Name,
    StepState State,
    DateTimeOffset Started,
    double Seconds,
    string? Reason,
    string? Error);

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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BuildRecord))]
internal sealed partial class HistoryJson : JsonSerializerContext;
