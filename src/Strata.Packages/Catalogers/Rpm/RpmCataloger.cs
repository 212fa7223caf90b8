namespace Strata.Packages.Catalogers.Rpm;

/// <summary>
/// rpm's database in each of the folders and under each of the names it had: <c>Packages</c> (Berkeley DB), <c>Packages.db</c> (ndb),
/// <c>rpmdb.sqlite</c>. Its other files are indexes made from these.
/// </summary>
internal sealed class RpmCataloger : ICataloger
{
    private const string Log = "rpmdb.sqlite-wal";

    private static readonly string[] Folders = ["var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm"];
    private static readonly string[] Names = ["Packages", "Packages.db", "rpmdb.sqlite", Log];

    public IReadOnlyList<string> Places { get; } = [.. Folders.SelectMany(f => Names.Select(n => $"{f}/{n}"))];

    // Of the many files of a layer, few have one of the names.
    public bool Wants(FileCandidate file) => file.Name is "Packages" or "Packages.db" or "rpmdb.sqlite" or Log && Places.Contains(file.Path);

    public DocumentReader Open(FileCandidate file) => file.Name is Log ? new SqliteLogReader(file.Path) : new RpmDatabaseReader(file.Path);
}
