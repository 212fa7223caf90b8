namespace Strata.Packages.Formats.Attached;

/// <summary>What documents that are attached to images are called, by media type and by the type of an in-toto predicate.</summary>
public static class SbomTypes
{
    public const string CycloneDx = "application/vnd.cyclonedx+json";
    public const string Spdx = "application/spdx+json";

    private static readonly string[] Read = [CycloneDx, Spdx, "text/spdx+json", "application/vnd.cyclonedx.sbom+json"];

    private static readonly string[] NotRead =
    [
        "application/vnd.cyclonedx+xml", "application/vnd.cyclonedx", "application/spdx", "application/spdx+xml", "application/spdx+yaml", "text/spdx", "text/spdx+xml",
        "application/vnd.syft+json",
    ];

    private static readonly string[] Predicates = ["https://spdx.dev/Document", "https://cyclonedx.org/bom", "https://cyclonedx.org/schema", "https://cyclonedx.org/specification"];

    /// <summary>A bill of materials in a form that this program reads.</summary>
    public static bool IsRead(string? mediaType) => Read.Contains(Plain(mediaType), StringComparer.Ordinal);

    /// <summary>A bill of materials in a form that this program does not read.</summary>
    public static bool IsNotRead(string? mediaType) => NotRead.Contains(Plain(mediaType), StringComparer.Ordinal);

    /// <summary>A statement about an image, signed or not: it may have a bill of materials in it.</summary>
    public static bool IsStatement(string? mediaType) => Plain(mediaType) is { } type
        && (type is "application/vnd.dsse.envelope.v1+json" or "application/vnd.in-toto+json"
            || type.StartsWith("application/vnd.dev.sigstore.bundle", StringComparison.Ordinal)
            || type.StartsWith("application/vnd.in-toto", StringComparison.Ordinal));

    /// <summary>Newer versions of a predicate have theirs behind the name.</summary>
    public static bool IsPredicate(string? predicateType) =>
        predicateType is not null && Array.Exists(Predicates, p => predicateType == p || predicateType.StartsWith(p + "/", StringComparison.Ordinal));

    private static string? Plain(string? mediaType) => mediaType?.Split(';')[0].Trim();
}
