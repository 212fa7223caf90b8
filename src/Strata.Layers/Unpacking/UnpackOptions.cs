namespace Strata.Layers;

/// <summary>How a layer becomes a folder.</summary>
public sealed record UnpackOptions
{
    public static UnpackOptions Default { get; } = new();

    /// <summary>
    /// The tree is on disk when it gets its name: a loss of power leaves it whole or not there. Costs the time that the disk needs.
    /// Without, a
    /// tree may be found damaged after one. Default: true.
    /// </summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>
    /// Owners are kept, and devices made. Default (null): when the process is root. Without, all is owned by the process's user; the
    /// layer's
    /// index still knows whose each file should be.
    /// </summary>
    public bool? KeepsOwners { get; init; }

    /// <summary>
    /// Opaque folders are marked for an overlay that is mounted with <c>userxattr</c>, in a user namespace. Default (null): when the
    /// process may
    /// not set trusted attributes.
    /// </summary>
    public bool? ForUserNamespace { get; init; }

    /// <summary>
    /// What is there already gives way to an entry of another kind: a file to a folder, a folder with all it has to a file. Without, such an
    /// entry is refused. Default: true.
    /// </summary>
    public bool ReplacesKinds { get; init; } = true;
}
