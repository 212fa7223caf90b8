namespace Strata.Vulnerabilities.Osv;

/// <summary>What a record says that has no part in matching; stored as JSON.</summary>
internal sealed record OsvText
{
    public IReadOnlyList<string>? Aliases { get; init; }

    public IReadOnlyList<string>? Upstream { get; init; }

    /// <summary>Other vulnerabilities, such as those that a bulletin is about.</summary>
    public IReadOnlyList<string>? Related { get; init; }

    public string? Summary { get; init; }

    public string? Details { get; init; }

    public IReadOnlyList<string>? References { get; init; }

    public IReadOnlyList<OsvSeverity>? Severities { get; init; }

    /// <summary>The word of <c>database_specific</c>, such as <c>MODERATE</c>.</summary>
    public string? Word { get; init; }
}
