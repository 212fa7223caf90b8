using System.Text.Json;

namespace Strata.Packages.Catalogers.Swift;

/// <summary>
/// Package.resolved. A package is called by where it comes from, as advisories and purls call it: <c>github.com/apple/swift-nio</c>. Where only
/// a branch is asked for, the commit stands for the version.
/// </summary>
internal sealed class SwiftCataloger : WholeDocumentCataloger
{
    private const string Git = ".git";

    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "Package.resolved" or ".package.resolved" ? Read : null;

    /// <summary>Version 1 has its pins in an object; from 2 on they are at the top.</summary>
    private static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var root = json.RootElement;
        foreach (var pin in root.At("object").At("pins").Items.Concat(root.At("pins").Items))
        {
            var state = pin.At("state");
            found.Add("swift", NameOf(pin), state.Text("version") ?? state.Text("revision"));
        }
    }

    private static string? NameOf(JsonElement pin)
    {
        if ((pin.Text("location") ?? pin.Text("repositoryURL")) is not { } place) return pin.Text("identity") ?? pin.Text("package");
        var scheme = place.IndexOf("://", StringComparison.Ordinal);
        var name = scheme >= 0 ? place[(scheme + 3)..] : place.Replace(':', '/');
        name = name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..].TrimEnd('/');
        return name.EndsWith(Git, StringComparison.Ordinal) ? name[..^Git.Length] : name;
    }
}
