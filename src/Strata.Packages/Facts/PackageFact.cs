namespace Strata.Packages.Facts;

/// <summary>One package as a document of one layer names it; what depends on the whole image (purl, attribution) comes later.</summary>
public sealed record PackageFact
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public string? Architecture { get; init; }

    public string? SourceName { get; init; }

    public string? SourceVersion { get; init; }

    public IReadOnlyList<string>? Licenses { get; init; }

    /// <summary>What the purl says beyond name and version, such as <c>epoch</c> of an rpm; keys as the purl spec has them for the type.</summary>
    public IReadOnlyDictionary<string, string>? Qualifiers { get; init; }

    /// <summary>The purl as the document itself writes it; null where it follows from the other fields.</summary>
    public string? Purl { get; init; }

    /// <summary>
    /// Files that an OS package owns, as <see cref="PathHash"/>: those only that could be documents of another cataloguer, so that what the
    /// OS package brings is not counted a second time.
    /// </summary>
    public IReadOnlyList<ulong>? Owns { get; init; }

    /// <summary>A hash of all that the document says about the package: two layers that say the same have the same.</summary>
    public required ulong Fingerprint { get; init; }
}
