namespace Strata.Packages.Catalogers.Debian;

/// <summary>dpkg's <c>info/NAME.list</c> and <c>info/NAME:ARCH.list</c>: the files of each package, a line each.</summary>
internal sealed class FileListCataloger : ICataloger
{
    private const string Folder = "var/lib/dpkg/info";
    private const string Extension = ".list";

    public IReadOnlyList<string> Places { get; } = [Folder];

    public bool Wants(FileCandidate file) =>
        file.Path.StartsWith(Folder + "/", StringComparison.Ordinal) && file.Path.EndsWith(Extension, StringComparison.Ordinal);

    public DocumentReader Open(FileCandidate file)
    {
        var name = file.Name[..^Extension.Length];
        var colon = name.IndexOf(':');
        return new FileListReader(file.Path, (colon < 0 ? name : name[..colon]).ToString(), skip: 0);
    }
}
