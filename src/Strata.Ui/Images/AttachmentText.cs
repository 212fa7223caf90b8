using Strata.Images;

namespace Strata.Ui.Images;

/// <summary>Attached documents in words.</summary>
public static class AttachmentText
{
    public static string What(Attachment item)
    {
        if (item.Content is not { } content) return "Cannot be read";
        var type = content.MediaType.Split(';')[0].Trim();
        if (type.Contains("cyclonedx", StringComparison.OrdinalIgnoreCase)) return "Bill of materials (CycloneDX)";
        if (type.Contains("spdx", StringComparison.OrdinalIgnoreCase)) return "Bill of materials (SPDX)";
        if (type.Contains("syft", StringComparison.OrdinalIgnoreCase)) return "Bill of materials (Syft)";
        if (type.Contains("simplesigning", StringComparison.OrdinalIgnoreCase) || type.Contains("notary", StringComparison.OrdinalIgnoreCase)) return "Signature";
        if (Attachment.PredicateOf(content) is { } predicate) return OfPredicate(predicate);
        if (type.Contains("in-toto", StringComparison.Ordinal) || type.Contains("dsse", StringComparison.Ordinal) || type.Contains("sigstore", StringComparison.Ordinal)) return "Statement";
        return item.ArtifactType ?? type;
    }

    public static string How(Attachment item) => item.AttachedBy switch
    {
        AttachedBy.Referrer => "referrer",
        AttachedBy.Tag => "tag of its digest",
        _ => "entry of the index",
    };

    private static string OfPredicate(string predicate)
    {
        if (predicate.Contains("spdx", StringComparison.OrdinalIgnoreCase)) return "Bill of materials (SPDX statement)";
        if (predicate.Contains("cyclonedx", StringComparison.OrdinalIgnoreCase)) return "Bill of materials (CycloneDX statement)";
        if (predicate.Contains("provenance", StringComparison.OrdinalIgnoreCase)) return "Provenance (SLSA)";
        return predicate;
    }
}
