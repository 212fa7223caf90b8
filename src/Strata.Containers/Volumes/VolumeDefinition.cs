namespace Strata.Containers.Volumes;

/// <summary>A volume as it was made: a JSON document, <c>ROOT/volumes/NAME/volume.json</c>; what it holds is in <c>_data</c> beside.</summary>
public sealed record VolumeDefinition
{
    /// <summary>Docker's mark of a volume that nobody gave a name.</summary>
    public const string AnonymousLabel = "com.docker.volume.anonymous";

    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Docker's options of the local driver; a bind (type=none, o=bind, device=PATH) is what they can say here.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool IsAnonymous => Labels.ContainsKey(AnonymousLabel);
}
