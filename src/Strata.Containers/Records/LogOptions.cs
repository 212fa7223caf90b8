namespace Strata.Containers;

/// <summary>How the output of a container is kept.</summary>
public sealed record LogOptions
{
    /// <summary>k8s-file, or none.</summary>
    public string Driver { get; init; } = "k8s-file";

    /// <summary>Bytes of one file before the next is begun; 0 for no limit.</summary>
    public long MaxSize { get; init; }

    /// <summary>Files that are kept.</summary>
    public int MaxFiles { get; init; } = 1;
}
