namespace Strata.Packages.Catalogers.Debian;

/// <summary>
/// dpkg's database: <c>var/lib/dpkg/status</c>, and the files of <c>var/lib/dpkg/status.d</c>, which images without dpkg (distroless)
/// have instead: one stanza each, beside <c>.md5sums</c> files that are no packages.
/// </summary>
internal sealed class DebianCataloger(DebianLimits limits) : ICataloger
{
    private const string Status = "var/lib/dpkg/status";
    private const string StatusFolder = "var/lib/dpkg/status.d";

    public IReadOnlyList<string> Places { get; } = [Status, StatusFolder];

    public bool Wants(FileCandidate file) =>
        file.Path == Status || IsInStatusFolder(file.Path) && !file.Path.EndsWith(".md5sums", StringComparison.Ordinal);

    public DocumentReader Open(FileCandidate file) => new StatusReader(file.Path, statusIsOptional: IsInStatusFolder(file.Path), limits);

    private static bool IsInStatusFolder(string path) =>
        path.Length > StatusFolder.Length + 1
        && path.StartsWith(StatusFolder, StringComparison.Ordinal)
        && path[StatusFolder.Length] == '/'
        && path.IndexOf('/', StatusFolder.Length + 1) < 0;
}
