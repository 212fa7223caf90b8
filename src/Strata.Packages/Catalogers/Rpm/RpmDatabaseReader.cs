using Strata.Packages.Catalogers.Rpm.Berkeley;
using Strata.Packages.Catalogers.Rpm.Ndb;
using Strata.Packages.Catalogers.Rpm.Sqlite;
using Strata.Packages.Facts;
using Strata.Packages.Ownership;

namespace Strata.Packages.Catalogers.Rpm;

/// <summary>Reads rpm's database in the format that its first bytes tell, whatever its name says.</summary>
internal sealed class RpmDatabaseReader(string path) : ContentReader(path, MostBytes), IHeaderSink
{
    /// <summary>Of a database; one with 3,000 packages has some 200 MiB.</summary>
    private const long MostBytes = 1024L * 1024 * 1024;

    private const int MostPackages = 200_000;

    /// <summary>More than these are no damage, but no database.</summary>
    internal const int MostDamages = 1_000;

    private readonly List<PackageFact> _packages = [];
    private int _damages;
    private int _files;

    void IHeaderSink.Header(ReadOnlySpan<byte> blob)
    {
        if (_packages.Count == MostPackages) throw new InvalidDataException($"more than {MostPackages} packages; the rest was not read");
        if (RpmPackage.Of(blob) is not { } fact) return;
        _files += fact.Owns?.Count ?? 0;
        if (_files > OwnedPath.Most) throw new InvalidDataException($"its packages own more than {OwnedPath.Most} files that may be documents; the rest was not read");
        _packages.Add(fact);
    }

    void IHeaderSink.Damage(string reason)
    {
        Fault(reason);
        if (++_damages == MostDamages) throw new InvalidDataException("too much of it is damaged; the rest was not read");
    }

    protected override PackageDocument Read(FileContent content)
    {
        try
        {
            ReadHeaders(content);
        }
        catch (InvalidDataException e)
        {
            Fault(e.Message);
        }
        return new PackageDocument { Path = Path, Packages = _packages };
    }

    private void ReadHeaders(FileContent content)
    {
        Span<byte> head = stackalloc byte[32];
        head = head[..content.ReadAt(0, head)];
        if (SqliteFile.Is(head)) new SqliteDatabase(content, this).Read();
        else if (NdbDatabase.Is(head)) new NdbDatabase(content, this).Read();
        else if (BerkeleyDatabase.Is(head)) new BerkeleyDatabase(content, this).Read();
        else Fault(head.IsEmpty ? "empty, and no database" : "neither SQLite nor ndb nor a hash of Berkeley DB, which rpm's databases are; it was not read");
    }
}
