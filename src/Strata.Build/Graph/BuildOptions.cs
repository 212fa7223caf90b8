using Strata.Containers;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build;

/// <summary>What to build, and how.</summary>
public sealed record BuildOptions
{
    /// <summary>A folder, <c>-</c> for a tar or a Dockerfile on <see cref="Input"/>, or a git URL.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile; <c>-</c> reads it from <see cref="Input"/>, null takes that of the context.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>Read where <c>-</c> stands for something.</summary>
    public Stream Input { get; init; } = Stream.Null;

    public IReadOnlyList<Reference> Names { get; init; } = [];

    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The stage to build; null is the last.</summary>
    public string? Target { get; init; }

    public bool NoCache { get; init; }

    /// <summary>Stages whose steps are done anew.</summary>
    public IReadOnlyList<string> NoCacheOf { get; init; } = [];

    /// <summary>Ask the registry for bases that are here, too.</summary>
    public bool Pull { get; init; }

    /// <summary>Empty is this machine's.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>Named contexts: a folder, <c>docker-image://NAME</c>, or a git URL each.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Secrets by ID.</summary>
    public IReadOnlyDictionary<string, BuildSecret> Secrets { get; init; } = new Dictionary<string, BuildSecret>(StringComparer.Ordinal);

    /// <summary>Sockets of agents by ID.</summary>
    public IReadOnlyDictionary<string, string> Agents { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Times of files and of the image are not later; null takes the newest of the inputs.</summary>
    public long? Epoch { get; init; }

    /// <summary>NAME:ADDRESS, for /etc/hosts of RUN.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>What RUN may use.</summary>
    public ResourceLimits Resources { get; init; } = new();

    public IReadOnlyList<Ulimit> Ulimits { get; init; } = [];

    /// <summary>Bytes of /dev/shm; null leaves it as it is.</summary>
    public long? ShmSize { get; init; }

    /// <summary>Of a RUN that names no network: host, or none.</summary>
    public string Network { get; init; } = "host";

    /// <summary>RUN --security=insecure may be done: it has all powers of root over this machine.</summary>
    public bool AllowsInsecure { get; init; }

    /// <summary>Caches that others made: looked into where this store's own has nothing.</summary>
    public IReadOnlyList<CacheLocation> CacheFrom { get; init; } = [];

    /// <summary>Where the cache of this build goes.</summary>
    public IReadOnlyList<CacheLocation> CacheTo { get; init; } = [];

    /// <summary>What the cache may take after the build; null leaves it to whoever prunes the store.</summary>
    public Budget? CacheBudget { get; init; }

    /// <summary>How it was built is kept beside the image, and pushed with it.</summary>
    public ProvenanceMode Provenance { get; init; }

    /// <summary>Is shown a RUN that failed, while its files and mounts are as it left them; the build fails when this returns. Null for nobody.</summary>
    public Func<FailedStep, Task>? OnFailure { get; init; }

    /// <summary>A step that is not cached ends it: nothing is done, and nothing fetched.</summary>
    internal bool OnlyCached { get; init; }

    /// <summary>Of the layers that are built; null leaves it to the builder, whose form is quick.</summary>
    public LayerCompression? Compression { get; init; }

    /// <summary>Layers of the base get the compression, too.</summary>
    public bool ForcesCompression { get; init; }

    /// <summary>Of the image's manifest, and of the index where there is one.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The folder that relative paths of the command line are relative to.</summary>
    public string WorkingFolder { get; init; } = Environment.CurrentDirectory;
}

/// <summary>A secret: a file's content, or a variable's value.</summary>
public sealed record BuildSecret(string? File, string? Variable)
{
    internal byte[] Read() => File is { } file ? System.IO.File.ReadAllBytes(file) : System.Text.Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(Variable!) ?? "");
}
