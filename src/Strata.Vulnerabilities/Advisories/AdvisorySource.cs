namespace Strata.Vulnerabilities.Advisories;

/// <summary>Where records came from.</summary>
public sealed record AdvisorySource
{
    /// <summary>The last part of a path, the last two of a URL: <c>debian-bookworm.osv.jsonl.gz</c>, <c>Debian/all.zip</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder or file (absolute) or URL, without credentials.</summary>
    public required string Location { get; init; }

    public required DateTimeOffset Fetched { get; init; }

    /// <summary>Records in the database that came from here, withdrawn ones included.</summary>
    public long Records { get; init; }

    /// <summary>What kind of data it is: <c>OSV</c>, <c>Alpine secdb</c>, <c>EPSS</c>.</summary>
    public string Form { get; init; } = "OSV";

    /// <summary>The newest <c>modified</c> among them.</summary>
    public DateTimeOffset? Newest { get; init; }
}
