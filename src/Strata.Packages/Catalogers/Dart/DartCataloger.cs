using Strata.Packages.Catalogers.Yaml;

namespace Strata.Packages.Catalogers.Dart;

/// <summary>pubspec.lock: YAML with a map of packages.</summary>
internal sealed class DartCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "pubspec.lock" ? Read : null;

    private static void Read(DocumentText document, PackageList found)
    {
        foreach (var (name, package) in YamlReader.Read(document.Text).At("packages").Members)
            found.Add("pub", name, package.At("version").Text);
    }
}
