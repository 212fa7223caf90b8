namespace Strata.Packages.Catalogers.Alpine;

/// <summary>apk's database: one file, below <c>lib</c> or (since Alpine 3.22 and in Wolfi) below <c>usr/lib</c>.</summary>
internal sealed class ApkCataloger : ICataloger
{
    private const string Installed = "lib/apk/db/installed";
    private const string InstalledBelowUsr = "usr/lib/apk/db/installed";

    public IReadOnlyList<string> Places { get; } = [Installed, InstalledBelowUsr];

    public bool Wants(FileCandidate file) => file.Path is Installed or InstalledBelowUsr;

    public DocumentReader Open(FileCandidate file) => new ApkReader(file.Path);
}
