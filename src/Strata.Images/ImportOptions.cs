using Strata.Oci;

namespace Strata.Images;

/// <summary>How a root file system becomes an image.</summary>
public sealed record ImportOptions
{
    /// <summary>Instructions of a Dockerfile that change the config: <c>CMD ["bash"]</c>, <c>ENV A=1</c>.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>The history's comment; null says where it came from.</summary>
    public string? Message { get; init; }

    /// <summary>What it runs on; null is this machine's.</summary>
    public Platform? Platform { get; init; }

    /// <summary>What a person calls the tar.</summary>
    public string ShownAs { get; init; } = "-";
}
