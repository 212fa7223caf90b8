namespace Strata.Packages.Formats.Attached;

/// <summary>A bill of materials as it was attached to an image.</summary>
public sealed record AttachedSbom
{
    /// <summary><c>cyclonedx</c> or <c>spdx</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The format's version: <c>1.6</c>.</summary>
    public string? FormatVersion { get; init; }

    /// <summary>What made it; null where it does not say.</summary>
    public string? Tool { get; init; }

    /// <summary>When, as the document says it.</summary>
    public string? Created { get; init; }

    /// <summary>It came in an envelope with a signature. Nobody has checked that here.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The document alone, without what it was wrapped in.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    public required ImagePackages Packages { get; init; }
}
