using System.Globalization;

namespace Strata.Layers.Tar;

/// <summary>
/// The records of a PAX extended header that a layer needs: <c>LENGTH KEY=VALUE\n</c>. Values are bytes. POSIX.1-2001 pax, "Extended Header";
/// attributes as star and GNU tar write them; sparse files as GNU tar does (0.0, 0.1 and 1.0).
/// </summary>
internal sealed class PaxRecords
{
    /// <summary>XATTR_NAME_MAX of Linux.</summary>
    private const int MaxAttributeName = 255;

    private static readonly List<KeyValuePair<string, byte[]>> NoAttributes = [];
    private List<KeyValuePair<string, byte[]>> _xattrs = NoAttributes;

    public byte[]? Path { get; private set; }

    public byte[]? LinkPath { get; private set; }

    public long? Size { get; private set; }

    public long? Uid { get; private set; }

    public long? Gid { get; private set; }

    public UnixTime? ModTime { get; private set; }

    public IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs => _xattrs;

    /// <summary>The real name of a sparse file (0.1 and 1.0); its header has a made-up one.</summary>
    public byte[]? SparseName { get; private set; }

    /// <summary>The real size of a sparse file.</summary>
    public long? SparseSize { get; private set; }

    /// <summary>The map of a sparse file in the header (0.0 and 0.1): offset, length, offset, length…</summary>
    public List<long>? SparseNumbers { get; private set; }

    /// <summary>True where the map comes before the content (1.0).</summary>
    public bool IsSparseMapInContent { get; private set; }

    /// <summary>Records for one entry, on top of the archive's global ones.</summary>
    public static PaxRecords Over(PaxRecords global)
    {
        var records = (PaxRecords)global.MemberwiseClone();
        // The map belongs to one file; what is shared must not be added to.
        (records.SparseNumbers, records._xattrs) = (null, [.. global._xattrs]);
        return records;
    }

    /// <summary>Adds the records of <paramref name="body"/>; the last of a key wins, an empty value takes the key away.</summary>
    /// <exception cref="TarException">A record is malformed.</exception>
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
            Take(record[..equals], record[(equals + 1)..]);
            body = body[length..];
        }
    }

    private void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.StartsWith("SCHILY.xattr."u8)) TakeXattr(key["SCHILY.xattr.".Length..], value);
        else if (key.StartsWith("GNU.sparse."u8)) TakeSparse(key["GNU.sparse.".Length..], value);
        else if (key.SequenceEqual("path"u8)) Path = Bytes(value);
        else if (key.SequenceEqual("linkpath"u8)) LinkPath = Bytes(value);
        else if (key.SequenceEqual("size"u8)) Size = Number(value, "size");
        else if (key.SequenceEqual("uid"u8)) Uid = Number(value, "uid");
        else if (key.SequenceEqual("gid"u8)) Gid = Number(value, "gid");
        else if (key.SequenceEqual("mtime"u8)) ModTime = Time(value);
    }

    private void TakeXattr(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.Length is 0 or > MaxAttributeName || name.Contains((byte)0)) throw new TarException("a PAX header has an attribute whose name Linux cannot have");
        var text = PathText.Decode(name);
        if (ReferenceEquals(_xattrs, NoAttributes)) _xattrs = [];
        var known = _xattrs.FindIndex(x => x.Key == text);
        if (known >= 0) _xattrs.RemoveAt(known);
        // An attribute may be empty on Linux; PAX cannot say so: nothing means away.
        if (value.Length > 0) _xattrs.Add(KeyValuePair.Create(text, value.ToArray()));
    }

    private void TakeSparse(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("name"u8)) SparseName = Bytes(value);
        else if (key.SequenceEqual("size"u8) || key.SequenceEqual("realsize"u8)) SparseSize = Number(value, "size of a sparse file");
        else if (key.SequenceEqual("major"u8)) IsSparseMapInContent = Number(value, "version of sparse files") == 1;
        else if (key.SequenceEqual("offset"u8) || key.SequenceEqual("numbytes"u8)) AddNumber(value);
        else if (key.SequenceEqual("map"u8))
        {
            SparseNumbers = null;
            foreach (var range in value.Split((byte)',')) AddNumber(value[range]);
        }
    }

    private void AddNumber(ReadOnlySpan<byte> value) =>
        (SparseNumbers ??= []).Add(Number(value, "map of a sparse file") ?? throw new TarException("a sparse file's map has an empty number"));

    private static byte[]? Bytes(ReadOnlySpan<byte> value) => value.Length == 0 ? null : value.ToArray();

    private static long? Number(ReadOnlySpan<byte> value, string what)
    {
        if (value.Length == 0) return null;
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new TarException($"a PAX header has a {what} that is no number of 64 bits");
    }

    private static UnixTime? Time(ReadOnlySpan<byte> value)
    {
        if (value.Length == 0) return null;
        return UnixTime.TryParse(value, out var time) ? time : throw new TarException("a PAX header has an mtime that is no number of 64 bits");
    }
}
