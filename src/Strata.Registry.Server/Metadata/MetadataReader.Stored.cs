using System.Data.Common;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>The bytes of blobs, whichever repositories have them.</summary>
internal sealed partial class MetadataReader
{
    public StoredEntry? Stored(Digest digest) => First(
        StoredOf, "SELECT digest, generation, size, damaged FROM stored_blobs WHERE digest = @p0", digest.ToString());

    /// <summary>Blobs that were last checked before a time, the longest unchecked first.</summary>
    public List<StoredEntry> Unchecked(long before, int most) => All(
        StoredOf,
        "SELECT digest, generation, size, damaged FROM stored_blobs WHERE checked < @p0 AND damaged = 0 ORDER BY checked LIMIT @p1",
        before, most);

    public List<StoredEntry> Damaged(int most) => All(
        StoredOf, "SELECT digest, generation, size, damaged FROM stored_blobs WHERE damaged = 1 ORDER BY digest LIMIT @p0", most);

    /// <summary>How many blobs there are, and their bytes.</summary>
    public (long Blobs, long Bytes) StoredTotals() => First(
        static row => (row.GetInt64(0), row.GetInt64(1)), "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM stored_blobs") ?? default;

    private static StoredEntry StoredOf(DbDataReader row) =>
        new(new BlobKey(DigestOf(row), row.GetString(1)), row.GetInt64(2), row.GetInt64(3) != 0);
}
