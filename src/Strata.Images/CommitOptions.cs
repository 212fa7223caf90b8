namespace Strata.Images;

/// <summary>What an image says of the container that it was made from.</summary>
public sealed record CommitOptions
{
    public string? Author { get; init; }

    /// <summary>The history's comment.</summary>
    public string? Message { get; init; }

    /// <summary>What the container ran.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Instructions of a Dockerfile that change the config: <c>CMD ["bash"]</c>, <c>ENV A=1</c>.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}
