using Strata.Packages;

namespace Strata.Vulnerabilities.Matching;

/// <summary>One vulnerability of one source package (or of one package, where there are no sources), with the reason for it.</summary>
public sealed record Finding
{
    /// <summary>The CVE where the record names exactly one, otherwise the record's own id.</summary>
    public required string Id { get; init; }

    /// <summary>Every other name, the record's own id among them; ordinal order.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The installed packages it is about, each with its layer; at least one.</summary>
    public required IReadOnlyList<Package> Packages { get; init; }

    /// <summary>The name that the record is about: the source package.</summary>
    public required string SourceName { get; init; }

    /// <summary>The version that was compared: the source package's.</summary>
    public required string SourceVersion { get; init; }

    /// <summary>The first version that is not affected; null when there is none yet.</summary>
    public string? FixedVersion { get; init; }

    public FixState FixState { get; init; }

    /// <summary>Other vulnerabilities that the record names, such as the CVEs of a bulletin.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>
    /// The vendor's word where there is one, else by the CVSS vector; of several records the one that speaks, then the others, then what
    /// was said of the CVE.
    /// </summary>
    public Severity Severity { get; init; }

    /// <summary>Whose <see cref="Severity"/> it is: a record's id, or a database.</summary>
    public string? SeveritySource { get; init; }

    /// <summary>All that was said of how bad it is, the chosen one among them.</summary>
    public IReadOnlyList<Rating> Ratings { get; init; } = [];

    /// <summary>Since when it is known to be used by attackers (CISA KEV); null when it is not known to be.</summary>
    public DateTimeOffset? ExploitedSince { get; init; }

    /// <summary>The chance that it is used within 30 days, 0 to 1 (EPSS); null where there is no figure.</summary>
    public double? Likelihood { get; init; }

    /// <summary>CISA's judgement of exploitation: <c>none</c>, <c>poc</c>, <c>active</c>.</summary>
    public string? Exploitation { get; init; }

    /// <summary>CVSS base score, 0.0 to 10.0, where there is a vector.</summary>
    public double? Score { get; init; }

    /// <summary>The CVSS vector as the record writes it.</summary>
    public string? Vector { get; init; }

    /// <summary>One line; null where the record says nothing.</summary>
    public string? Summary { get; init; }

    /// <summary>The record's longer text (Markdown); null where it has none.</summary>
    public string? Details { get; init; }

    /// <summary>Addresses; http and https only.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>The record that matched, as its database names it: <c>DEBIAN-CVE-2009-4411</c>.</summary>
    public required string RecordId { get; init; }

    /// <summary>Where that record came from: the name of the source.</summary>
    public required string Database { get; init; }

    /// <summary>The ecosystem of the record: <c>Debian:12</c>.</summary>
    public required string Ecosystem { get; init; }

    /// <summary>Why it matched, in words: <c>openssl 3.0.9-1 is before 3.0.15-1, fixed in Debian:12</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Other records that say the same about the same package.</summary>
    public IReadOnlyList<string> OtherRecords { get; init; } = [];
}
