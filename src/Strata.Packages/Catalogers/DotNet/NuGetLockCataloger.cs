using System.Xml;

namespace Strata.Packages.Catalogers.DotNet;

/// <summary>packages.lock.json, packages.config and Directory.Packages.props beside projects: what NuGet is to restore, or has restored.</summary>
internal sealed class NuGetLockCataloger : WholeDocumentCataloger
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "packages.lock.json" => ReadLock,
        _ when file.Name.Equals("packages.config", StringComparison.OrdinalIgnoreCase) => ReadConfig,
        _ when file.Name.EndsWith("Packages.props", StringComparison.OrdinalIgnoreCase) => ReadProps,
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
        using var xml = XmlReader.Create(stream, Settings);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "package") continue;
            // What is needed only to build is not in what was built.
            if (string.Equals(xml.GetAttribute("developmentDependency"), "true", StringComparison.OrdinalIgnoreCase)) continue;
            found.Add("nuget", xml.GetAttribute("id"), xml.GetAttribute("version"));
        }
    }

    /// <summary>Central package management: a version that is made of properties, or is a range, is none.</summary>
    private static void ReadProps(DocumentText document, PackageList found)
    {
        using var stream = document.OpenRead();
        using var xml = XmlReader.Create(stream, Settings);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName is not ("PackageVersion" or "GlobalPackageReference")) continue;
            if (xml.GetAttribute("Version") is { } version && version.AsSpan().IndexOfAny("$[(,*") < 0) found.Add("nuget", xml.GetAttribute("Include"), version);
        }
    }
}
