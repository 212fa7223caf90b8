using Strata.Packages.Catalogers.Yaml;

namespace Strata.Packages.Catalogers.CocoaPods;

/// <summary>Podfile.lock: YAML whose list <c>PODS</c> has <c>NAME (VERSION)</c>, with what it depends on below it or without.</summary>
internal sealed class CocoaPodsCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "Podfile.lock" ? Read : null;

    private static void Read(DocumentText document, PackageList found)
    {
        foreach (var pod in YamlReader.Read(document.Text).At("PODS").Items)
        {
            var text = pod.Text ?? (pod.Members.Count > 0 ? pod.Members[0].Key : "");
            var open = text.IndexOf(" (", StringComparison.Ordinal);
            if (open > 0 && text.EndsWith(')')) found.Add("cocoapods", text[..open], text[(open + 2)..^1]);
        }
    }
}
