namespace Strata.Packages.Catalogers.Debian;

/// <summary>
/// <c>usr/share/doc/NAME/copyright</c>, which each Debian package must have (policy 12.5), and minimised images keep. dpkg's database
/// does not know licences.
/// </summary>
internal sealed class CopyrightCataloger : ICataloger
{
    private const string Folder = "usr/share/doc/";
    private const string File = "/copyright";

    public bool HasOwners => false;

    public bool Wants(FileCandidate file) =>
        file.Path.StartsWith(Folder, StringComparison.Ordinal) && file.Path.EndsWith(File, StringComparison.Ordinal) && PackageOf(file.Path) is not null;

    public DocumentReader Open(FileCandidate file) => new CopyrightReader(file.Path, PackageOf(file.Path)!);

    private static string? PackageOf(string path)
    {
        var length = path.Length - Folder.Length - File.Length;
        return length > 0 && path.IndexOf('/', Folder.Length) == Folder.Length + length ? path.Substring(Folder.Length, length) : null;
    }
}
