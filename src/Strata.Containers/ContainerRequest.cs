using Strata.Oci;

namespace Strata.Containers;

/// <summary>A container that shall be made. What is null or empty here is as the image says.</summary>
public sealed record ContainerRequest
{
    /// <summary>Null: one is made up.</summary>
    public string? Name { get; init; }

    public required ImageUse Image { get; init; }

    public required ImageConfig Config { get; init; }

    /// <summary>Null: the image's. Empty: none, and the image's command does not count either.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];

    public string? User { get; init; }

    public string? WorkingDir { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>What differs from the image's health check; null for nothing.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>No health check, whatever the image says.</summary>
    public bool NoHealth { get; init; }

    /// <summary>All else. Its env and labels come over the image's.</summary>
    public ContainerSpec Spec { get; init; } = new();

    /// <summary>What the container shall be, by docker's rules.</summary>
    internal ContainerSpec OnImage()
    {
        var image = Config.Config ?? new ContainerConfig();
        var command = Command.Count > 0 || Entrypoint is not null ? Command : image.Cmd ?? [];
        return Spec with
        {
            Entrypoint = Entrypoint ?? image.Entrypoint ?? [],
            Command = command,
            User = User ?? image.User ?? "",
            WorkingDir = WorkingDir ?? (image.WorkingDir is { Length: > 0 } folder ? folder : "/"),
            StopSignal = StopSignal ?? image.StopSignal ?? "SIGTERM",
            Env = Merged(image.Env ?? [], Spec.Env),
            Labels = Merged(image.Labels, Spec.Labels),
            Health = NoHealth ? null : Merged(image.Healthcheck, Health),
            Network = Spec.Network with { Exposed = [.. (image.ExposedPorts?.Keys ?? []).Concat(Spec.Network.Exposed).Distinct(StringComparer.Ordinal)] },
            Mounts = [.. Spec.Mounts, .. AnonymousVolumes(image)],
        };
    }

    private IEnumerable<MountSpec> AnonymousVolumes(ContainerConfig image) => (image.Volumes?.Keys ?? [])
        .Where(v => Spec.Mounts.All(m => m.Target.TrimEnd('/') != v.TrimEnd('/')))
        .Select(v => new MountSpec { Kind = MountKind.Volume, Target = v, Anonymous = true });

    private static IReadOnlyList<string> Merged(IReadOnlyList<string> below, IReadOnlyList<string> above)
    {
        static string Name(string variable) => variable.Split('=', 2)[0];
        var names = above.Select(Name).ToHashSet(StringComparer.Ordinal);
        // The last of two of one name counts.
        var last = above.Where((v, i) => !above.Skip(i + 1).Any(w => Name(w) == Name(v)));
        return [.. below.Where(b => !names.Contains(Name(b))), .. last];
    }

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string>? below, IReadOnlyDictionary<string, string> above)
    {
        var merged = new Dictionary<string, string>(below ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (key, value) in above) merged[key] = value;
        return merged;
    }

    private static HealthCheck? Merged(HealthCheck? image, HealthCheck? asked)
    {
        var test = asked?.Test ?? image?.Test;
        if (test is null or [] or ["NONE"]) return null;
        return new HealthCheck
        {
            Test = test,
            Interval = asked?.Interval ?? image?.Interval,
            Timeout = asked?.Timeout ?? image?.Timeout,
            StartPeriod = asked?.StartPeriod ?? image?.StartPeriod,
            StartInterval = asked?.StartInterval ?? image?.StartInterval,
            Retries = asked?.Retries ?? image?.Retries,
        };
    }
}
