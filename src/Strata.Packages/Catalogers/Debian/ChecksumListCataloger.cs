namespace Strata.Packages.Catalogers.Debian;

/// <summary>
/// The <c>NAME.md5sums</c> beside the stanzas of <c>status.d</c>: images without dpkg have no other list of the files of a package.
/// </summary>
internal sealed class ChecksumListCataloger : ICataloger
{
    private const string Folder = "var/lib/dpkg/status.d";
    private const string Extension = ".md5sums";

    /// <summary>An MD5 in hex, and two blanks. md5sum(1).</summary>
    private const int BeforePath = 32 + 2;

    public IReadOnlyList<string> Places { get; } = [Folder];

    public bool Wants(FileCandidate file) =>
        file.Path.StartsWith(Folder + "/", StringComparison.Ordinal) && file.Path.EndsWith(Extension, StringComparison.Ordinal);

    public DocumentReader Open(FileCandidate file) => new FileListReader(file.Path, file.Name[..^Extension.Length].ToString(), BeforePath);
}
