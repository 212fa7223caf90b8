using Strata.Oci;

namespace Strata.Containers;

/// <summary>How a container shall be: what was asked for, with what the image says where nothing was.</summary>
public sealed record ContainerSpec
{
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Arguments of the entrypoint, or the program with its arguments where there is none.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>NAME=VALUE; those of the image first.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>User, or user:group, by names or numbers; empty is root.</summary>
    public string User { get; init; } = "";

    /// <summary>More groups, by names or numbers.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public string WorkingDir { get; init; } = "/";

    /// <summary>Empty: the short ID.</summary>
    public string Hostname { get; init; } = "";

    public string DomainName { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool Tty { get; init; }

    /// <summary>Standard input stays open for who attaches.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>It ends with the first who leaves.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>By name or number.</summary>
    public string StopSignal { get; init; } = "SIGTERM";

    /// <summary>Seconds that it may take to stop before it is killed.</summary>
    public int StopTimeout { get; init; } = 10;

    /// <summary>Docker's health check; null for none.</summary>
    public HealthCheck? Health { get; init; }

    public RestartPolicy Restart { get; init; } = new();

    /// <summary>Removed when it has ended.</summary>
    public bool AutoRemove { get; init; }

    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    public NetworkSpec Network { get; init; } = new();

    public SecuritySpec Security { get; init; } = new();

    public ResourceLimits Resources { get; init; } = new();

    public IReadOnlyList<Ulimit> Ulimits { get; init; } = [];

    public IReadOnlyList<DeviceSpec> Devices { get; init; } = [];

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Bytes of /dev/shm.</summary>
    public long ShmSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>A small init is process 1, and reaps.</summary>
    public bool Init { get; init; }

    /// <summary>host, container:ID, or empty for its own.</summary>
    public string PidMode { get; init; } = "";

    /// <inheritdoc cref="PidMode"/>
    public string IpcMode { get; init; } = "";

    /// <inheritdoc cref="PidMode"/>
    public string UtsMode { get; init; } = "";

    /// <summary>A name in PATH, or a path.</summary>
    public string Runtime { get; init; } = "runc";

    public LogOptions Log { get; init; } = new();
}
