namespace Strata.Vulnerabilities.Decisions;

/// <summary>What decisions that are attached to images are called, by media type and by the type of an in-toto predicate.</summary>
public static class VexTypes
{
    /// <summary>OpenVEX, CSAF, and CycloneDX, which may have an analysis of vulnerabilities or none.</summary>
    public static bool IsMediaType(string? mediaType) =>
        mediaType?.Split(';')[0].Trim() is "application/vnd.openvex+json" or "application/openvex+json" or "text/vex+json" or "application/csaf+json" or "application/vnd.cyclonedx+json" or "application/vnd.cyclonedx.vex+json";

    /// <summary>Newer versions of a predicate have theirs behind the name.</summary>
    public static bool IsPredicate(string predicateType) =>
        predicateType.StartsWith("https://openvex.dev/ns", StringComparison.Ordinal) || predicateType.StartsWith("https://cyclonedx.org/vex", StringComparison.Ordinal);
}
