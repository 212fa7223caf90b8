namespace Strata.Hub;

/// <summary>The answer of <c>/v1/search</c>, in the shape that the docker engine and containers/image read.</summary>
internal sealed record DockerSearch(string Query, int NumResults, int NumPages, int Page, int PageSize, IReadOnlyList<DockerSearchResult> Results);

internal sealed record DockerSearchResult(string Name, string Description, int StarCount, bool IsOfficial, bool IsAutomated);

/// <summary>The answer of <c>/api/v1/search</c>.</summary>
internal sealed record SearchAnswer(string Query, int Total, int Page, int PageSize, IReadOnlyList<SearchResult> Results);

internal sealed record SearchResult(
    string Name,
    string Namespace,
    string Description,
    bool Official,
    int Stars,
    long Pulls,
    DateTimeOffset Updated,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Platforms);

/// <summary>The answer of <c>/api/v1/repositories/NAME</c>.</summary>
internal sealed record RepositoryAnswer(
    string Name,
    string Namespace,
    string Title,
    string Description,
    bool Official,
    int Stars,
    long Pulls,
    DateTimeOffset Updated,
    IReadOnlyDictionary<string, string> Labels,
    int TagCount,
    IReadOnlyList<TagAnswer> Tags);

internal sealed record TagAnswer(string Name, string Digest, long Size, DateTimeOffset Pushed, IReadOnlyList<string> Platforms)
{
    /// <summary>Null for what is no image, and where nothing is scanned.</summary>
    public TagVulnerabilities? Vulnerabilities { get; init; }
}

/// <summary>What is wrong with a request. RFC 9457.</summary>
internal sealed record Problem(string Title, int Status, string Detail);
