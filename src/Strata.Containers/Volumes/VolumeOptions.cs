namespace Strata.Containers.Volumes;

/// <summary>What <c>volume create</c> takes.</summary>
public sealed record VolumeOptions
{
    /// <summary>Null: 64 random hex digits, and the mark of an anonymous one.</summary>
    public string? Name { get; init; }

    public string Driver { get; init; } = "local";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
