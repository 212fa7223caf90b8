namespace Strata.Containers.Runtime;

/// <summary>config.json of a bundle. OCI runtime spec 1.0.2, config.md; the names are the spec's.</summary>
internal sealed record RuntimeSpec
{
    public string OciVersion { get; init; } = "1.0.2";

    public required RuntimeProcess Process { get; init; }

    public required RuntimeRoot Root { get; init; }

    public string? Hostname { get; init; }

    public required IReadOnlyList<RuntimeMount> Mounts { get; init; }

    public required RuntimeLinux Linux { get; init; }
}

internal sealed record RuntimeRoot(string Path, bool Readonly);

/// <summary>The process of a container, or one more in it.</summary>
internal sealed record RuntimeProcess
{
    public bool Terminal { get; init; }

    public required RuntimeUser User { get; init; }

    public required IReadOnlyList<string> Args { get; init; }

    public required IReadOnlyList<string> Env { get; init; }

    public required string Cwd { get; init; }

    public RuntimeCapabilities? Capabilities { get; init; }

    public IReadOnlyList<RuntimeLimit>? Rlimits { get; init; }

    public bool NoNewPrivileges { get; init; }

    public int? OomScoreAdj { get; init; }
}

internal sealed record RuntimeUser(uint Uid, uint Gid, IReadOnlyList<uint>? AdditionalGids);

internal sealed record RuntimeCapabilities(
    IReadOnlyList<string> Bounding, IReadOnlyList<string> Effective, IReadOnlyList<string> Permitted, IReadOnlyList<string> Inheritable);

internal sealed record RuntimeLimit(string Type, ulong Hard, ulong Soft);

internal sealed record RuntimeMount(string Destination, string Type, string Source, IReadOnlyList<string>? Options = null);
