using Strata.Packages;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>
/// The findings of an image as they are kept: compressed, and without what the records say at length, which is in the advisory database once
/// and would be here once for each image.
/// </summary>
internal static class ScanDocument
{
    public static byte[] Write(ScanResult result)
    {
        var lean = result with
        {
            Findings = [.. result.Findings.Select(Lean)],
            Suppressed = [.. result.Suppressed.Select(s => s with { Finding = Lean(s.Finding) })],
        };
        using var bytes = new MemoryStream();
        PackedJson.Write(bytes, lean, ScanJson.Default.ScanResult);
        return bytes.ToArray();
    }

    /// <summary>Null for what is damaged.</summary>
    public static ScanResult? Read(byte[] document) => PackedJson.Read(new MemoryStream(document), ScanJson.Default.ScanResult);

    private static Finding Lean(Finding finding) => finding with { Details = null, References = [], Ratings = [], Packages = [.. finding.Packages.Select(Lean)] };

    // The instruction of a layer is in the image's config.
    private static Package Lean(Package package) => package with
    {
        Licenses = [],
        AlsoAt = [],
        LastTouchedBy = null,
        IntroducedBy = package.IntroducedBy is { } origin ? origin with { Instruction = null } : null,
    };
}
