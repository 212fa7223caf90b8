namespace Strata.Hub;

internal sealed class RepositoryRow
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>JSON object of strings.</summary>
    public required string Labels { get; init; }

    public int Stars { get; init; }

    public long Pulls { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Updated { get; init; }
}

internal sealed class TagRow
{
    public required string Repository { get; init; }

    public required string Name { get; init; }

    public required string Digest { get; init; }

    public long Size { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Pushed { get; init; }

    /// <summary>Separated by spaces.</summary>
    public required string Platforms { get; init; }
}

internal sealed class SchemaRow
{
    public int Version { get; init; }
}
