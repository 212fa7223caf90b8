namespace Strata.Vulnerabilities.Osv;

/// <summary>One record of the OSV schema, as far as it is used. OSV schema 1.7.</summary>
internal sealed record OsvRecord
{
    public required string Id { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Withdrawn { get; init; }

    public required OsvText Text { get; init; }

    public IReadOnlyList<OsvAffected> Affected { get; init; } = [];
}
