using System.Xml;

namespace Strata.Packages.Catalogers.DotNet;

/// <summary>packages.lock.json and packages.config beside a project: what NuGet is to restore, or has restored.</summary>
internal sealed class NuGetLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "packages.lock.json" => ReadLock,
        _ when file.Name.Equals("packages.config", StringComparison.OrdinalIgnoreCase) => ReadConfig,
        _ => null,
    };

    private static void ReadLock(DocumentText document, PackageList found)
    {
        using var json = document.LenientJson;
        foreach (var framework in json.RootElement.At("dependencies").Members)
        {
            foreach (var package in framework.Value.Members)
            {
                if (!string.Equals(package.Value.Text("type"), "Project", StringComparison.OrdinalIgnoreCase))
                    found.Add("nuget", package.Name, package.Value.Text("resolved"));
            }
        }
    }

    private static void ReadConfig(DocumentText document, PackageList found)
    {
        using var stream = document.OpenRead();
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "package") continue;
            // What is needed only to build is not in what was built.
            if (string.Equals(xml.GetAttribute("developmentDependency"), "true", StringComparison.OrdinalIgnoreCase)) continue;
            found.Add("nuget", xml.GetAttribute("id"), xml.GetAttribute("version"));
        }
    }
}
