namespace Strata.Vulnerabilities.Decisions;

/// <summary>What somebody decided about a vulnerability in some packages.</summary>
public sealed record Decision
{
    /// <summary>Any name of it; a finding that has one of them is meant.</summary>
    public required IReadOnlyList<string> Vulnerabilities { get; init; }

    /// <summary>Package URLs, each as much as is said of it: without a version every version is meant. None: see <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>
    /// Packages by what people call them, where nobody gave a package URL: the name, alone or with the version. With neither these nor
    /// <see cref="Packages"/>, every package is meant.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Only in this release of a distribution, as package URLs name it in <c>distro</c>: <c>rhel-9</c>. Null for any.</summary>
    public string? Platform { get; init; }

    /// <summary>The finding does not count. False where the decision is that it does, or that nobody knows yet.</summary>
    public required bool Suppresses { get; init; }

    /// <summary>Why, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>From this moment on it is no longer valid; null when it stays.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The file that says so.</summary>
    public required string Source { get; init; }
}
