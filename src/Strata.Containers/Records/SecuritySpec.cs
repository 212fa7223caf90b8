namespace Strata.Containers;

/// <summary>What a container may do.</summary>
public sealed record SecuritySpec
{
    public bool Privileged { get; init; }

    /// <summary>With CAP_ in front, or ALL.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <inheritdoc cref="CapAdd"/>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    public bool NoNewPrivileges { get; init; }

    /// <summary>A path of a profile, unconfined, or empty for the default.</summary>
    public string Seccomp { get; init; } = "";

    /// <summary>Nothing is masked and nothing read-only below /proc and /sys.</summary>
    public bool UnconfinedPaths { get; init; }

    /// <summary>The root file system is read-only.</summary>
    public bool ReadOnlyRoot { get; init; }
}
