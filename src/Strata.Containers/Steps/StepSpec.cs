namespace Strata.Containers;

/// <summary>One process that runs over layers and leaves its changes in a folder, as a RUN instruction of a build does.</summary>
public sealed record StepSpec
{
    /// <summary>Bytes of /dev/shm where nobody says another number.</summary>
    public const long DefaultShmSize = 64 * 1024 * 1024;

    /// <summary>Unpacked layers, the base first. None is changed.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>
    /// An empty folder, or that of a step before: afterwards it has what the process changed, in overlayfs's form: whiteouts are character devices 0:0, and a folder that replaces
    /// another has the attribute <c>trusted.overlay.opaque</c>. What was mounted into the root file system is not in it, but for empty places to mount on,
    /// which <see cref="StepRunner"/> takes away again.
    /// </summary>
    public required string Upper { get; init; }

    /// <summary>A folder on the same file system as <see cref="Upper"/>, for the bundle and what the kernel needs. It is made, and removed at the end.</summary>
    public required string Work { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>NAME=VALUE. A PATH and a HOME are added where there are none.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>User, or user:group, as the layers name them.</summary>
    public string User { get; init; } = "";

    public string WorkingDir { get; init; } = "/";

    /// <summary>It has the terminal of who runs it, and what it is given to write to gets nothing.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>Binds and tmpfs.</summary>
    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    /// <summary>none, host, or the path of a network namespace.</summary>
    public string Network { get; init; } = "none";

    /// <summary>NAME:ADDRESS, for /etc/hosts.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>With all of root's powers: RUN --security=insecure.</summary>
    public bool Insecure { get; init; }

    public ResourceLimits Resources { get; init; } = new();

    public IReadOnlyList<Ulimit> Ulimits { get; init; } = [];

    public long ShmSize { get; init; } = DefaultShmSize;

    public string Hostname { get; init; } = "buildkitsandbox";
}
