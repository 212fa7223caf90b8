namespace Strata.Packages.Catalogers.Sbom;

/// <summary>
/// Bills of materials that lie in an image, such as those of Bitnami in <c>/opt/bitnami</c>. What they name with a purl is a package; where
/// another cataloguer found the same, that one counts.
/// </summary>
internal sealed class SbomCataloger : WholeDocumentCataloger
{
    private static readonly string[] Ends = [".cdx.json", ".cdx", "bom.json", ".bom", ".sbom", ".spdx.json", ".spdx"];

    protected override ReadPackages? ReaderOf(FileCandidate file)
    {
        foreach (var end in Ends)
        {
            if (file.Name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return Read;
        }

        return null;
    }

    private static void Read(DocumentText document, PackageList found)
    {
        var text = document.Bytes.Span.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("{"u8)) SbomJson.Read(document, found);
        else if (text.StartsWith("SPDXVersion:"u8)) SpdxTags.Read(document, found);
    }
}
