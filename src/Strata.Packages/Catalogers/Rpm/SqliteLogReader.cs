using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Rpm;

/// <summary>
/// The write-ahead log beside <c>rpmdb.sqlite</c>. rpm leaves it empty; one that has something was not brought into the database, for
/// instance because rpm was killed, and then the database lacks the last changes.
/// </summary>
internal sealed class SqliteLogReader(string path) : DocumentReader(path)
{
    private bool _hasContent;

    public override void Add(ReadOnlySpan<byte> bytes) => _hasContent |= !bytes.IsEmpty;

    // A document even when empty: it takes the place of one that a lower layer has.
    public override PackageDocument Finish()
    {
        if (_hasContent)
            Fault("the database beside it has changes that are in this log only, and were not read; any query of rpm brings them in: rpm -qa, and make the image anew");
        return new PackageDocument { Path = Path };
    }
}
