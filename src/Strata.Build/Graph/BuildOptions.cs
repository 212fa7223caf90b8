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

    /// <summary>The folder that relative paths of the command line are relative to.</summary>
    public string WorkingFolder { get; init; } = Environment.CurrentDirectory;
}

/// <summary>A secret: a file's content, or a variable's value.</summary>
public sealed record BuildSecret(string? File, string? Variable);
