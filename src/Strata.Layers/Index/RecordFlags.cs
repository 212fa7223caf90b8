namespace Strata.Layers.Indexes;

/// <summary>The first byte of a record: type, whiteout, and which of the fields that not all entries have are there.</summary>
internal static class RecordFlags
{
    private const int HasHash = 0x20;
    private const int HasLink = 0x40;
    private const int HasXattrs = 0x80;

    public static byte Of(LayerEntry entry, ReadOnlySpan<byte> hash) => (byte)((int)entry.Type | (int)entry.Whiteout << 3
        | (hash.Length > 0 ? HasHash : 0) | (entry.LinkTarget is null ? 0 : HasLink) | (entry.Xattrs.Count > 0 ? HasXattrs : 0));

    public static EntryType Type(byte flags) => (EntryType)(flags & 7);

    public static Whiteout Whiteout(byte flags) => (Whiteout)(flags >> 3 & 3);

    public static bool Hash(byte flags) => (flags & HasHash) != 0;

    public static bool Link(byte flags) => (flags & HasLink) != 0;

    public static bool Xattrs(byte flags) => (flags & HasXattrs) != 0;
}
