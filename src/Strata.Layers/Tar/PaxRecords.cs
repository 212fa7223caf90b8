using System.Globalization;
using System.Text;

namespace Strata.Layers.Tar;

/// <summary>The records of a PAX extended header: <c>LENGTH KEY=VALUE\n</c>. Values are bytes. POSIX.1-2001 pax, "Extended Header".</summary>
internal sealed class PaxRecords
{
    private readonly Dictionary<string, byte[]> _records = new(StringComparer.Ordinal);

    public static PaxRecords Empty { get; } = new();

    public byte[]? Path => Value("path");

    public byte[]? LinkPath => Value("linkpath");

    public long? Size => Number("size");

    public long? Uid => Number("uid");

    public long? Gid => Number("gid");

    public DateTimeOffset? ModTime => Value("mtime") is { } bytes ? Time(bytes) : null;

    /// <summary>What GNU tar calls a sparse file in PAX form (0.x and 1.0): its real name and size.</summary>
    public byte[]? SparseName => Value("GNU.sparse.name");

    public long? SparseSize => Number("GNU.sparse.realsize") ?? Number("GNU.sparse.size");

    public IEnumerable<KeyValuePair<string, byte[]>> Xattrs =>
        _records.Where(r => r.Key.StartsWith("SCHILY.xattr.", StringComparison.Ordinal))
            .Select(r => KeyValuePair.Create(r.Key["SCHILY.xattr.".Length..], r.Value));

    /// <summary>Adds the records of <paramref name="body"/>; the last of a key wins, an empty value takes the key away.</summary>
    public void Read(ReadOnlySpan<byte> body)
    {
        while (body.Length > 0 && body[0] != 0)
        {
            var space = body.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(body[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > body.Length || body[length - 1] != (byte)'\n')
                throw new TarException("a PAX header has a record whose length is wrong");
            var record = body[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0) throw new TarException("a PAX header has a record without a key");
            var key = Encoding.UTF8.GetString(record[..equals]);
            if (equals == record.Length - 1) _records.Remove(key);
            else _records[key] = record[(equals + 1)..].ToArray();
            body = body[length..];
        }
    }

    /// <summary>These records on top of the archive's global ones.</summary>
    public PaxRecords Over(PaxRecords global)
    {
        if (global._records.Count == 0) return this;
        var both = new PaxRecords();
        foreach (var (key, value) in global._records) both._records[key] = value;
        foreach (var (key, value) in _records) both._records[key] = value;
        return both;
    }

    private byte[]? Value(string key) => _records.GetValueOrDefault(key);

    private long? Number(string key)
    {
        if (Value(key) is not { } bytes) return null;
        return long.TryParse(bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new TarException($"a PAX header has a {key} that is no number");
    }

    /// <summary>Seconds since the epoch with a fraction; more digits than .NET's 100 ns are cut off.</summary>
    private static DateTimeOffset Time(byte[] bytes)
    {
        if (!decimal.TryParse(bytes, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            throw new TarException("a PAX header has an mtime that is no number");
        return UnixTime.FromSeconds(seconds);
    }
}
