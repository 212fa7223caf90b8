using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers;

/// <summary>Hands a document to the function that reads it.</summary>
internal sealed class WholeDocumentReader(string path, ReadPackages read, long most) : ContentReader(path, most)
{
    protected override PackageDocument? Read(FileContent content)
    {
        var found = new PackageList(Fault);
        try
        {
            read(new DocumentText(Path, content), found);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            Fault(e.Message);
        }
        return found.Packages.Count == 0 && found.Owner is null && Faults.Count == 0
            ? null
            : new PackageDocument { Path = Path, Packages = found.Packages, Owner = found.Owner, Owns = found.Claimed };
    }
}
