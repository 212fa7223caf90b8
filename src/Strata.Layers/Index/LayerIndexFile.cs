using System.Text;
using Strata.Layers.Tar;

namespace Strata.Layers;

/// <summary>
/// The index on disk: a magic number with the version, the count, then the entries. Numbers are LEB128; paths share the beginning of the path
/// before them, which makes the file about a fifth of the names' length.
/// </summary>
internal static class LayerIndexFile
{
    private static ReadOnlySpan<byte> Magic => "STRATAX1"u8;

    public static byte[] Write(IReadOnlyList<LayerEntry> entries)
    {
        using var memory = new MemoryStream(entries.Count * 32);
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write7BitEncodedInt(entries.Count);
        byte[] before = [];
        foreach (var entry in entries)
        {
            var path = PathText.Encode(entry.Path);
            var shared = path.AsSpan().CommonPrefixLength(before);
            writer.Write((byte)entry.Type);
            writer.Write((byte)entry.Whiteout);
            writer.Write7BitEncodedInt(shared);
            WriteBytes(writer, path.AsSpan(shared));
            writer.Write7BitEncodedInt64(entry.Size);
            writer.Write7BitEncodedInt(entry.Mode);
            writer.Write7BitEncodedInt64(entry.Uid);
            writer.Write7BitEncodedInt64(entry.Gid);
            writer.Write(entry.ModTime.UtcTicks);
            writer.Write7BitEncodedInt64(entry.Offset);
            WriteBytes(writer, entry.LinkTarget is null ? [] : PathText.Encode(entry.LinkTarget));
            writer.Write7BitEncodedInt(entry.DeviceMajor);
            writer.Write7BitEncodedInt(entry.DeviceMinor);
            before = path;
        }
        writer.Flush();
        return memory.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no index, or one of another version.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static LayerIndex Read(Stream file)
    {
        using var reader = new BinaryReader(new BufferedStream(file, 64 * 1024), Encoding.UTF8);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic)) throw new InvalidDataException("not a layer index of this version");
        var count = reader.Read7BitEncodedInt();
        if (count < 0) throw new InvalidDataException("a layer index cannot have fewer than no entries");
        var entries = new List<LayerEntry>(Math.Min(count, 1 << 20));
        byte[] before = [];
        for (var i = 0; i < count; i++)
        {
            var type = (EntryType)reader.ReadByte();
            var whiteout = (Whiteout)reader.ReadByte();
            var shared = reader.Read7BitEncodedInt();
            if (shared < 0 || shared > before.Length) throw new InvalidDataException("a layer index is damaged");
            byte[] path = [.. before.AsSpan(0, shared), .. ReadBytes(reader)];
            entries.Add(new LayerEntry
            {
                Type = type,
                Whiteout = whiteout,
                Path = PathText.Decode(path),
                Size = reader.Read7BitEncodedInt64(),
                Mode = reader.Read7BitEncodedInt(),
                Uid = reader.Read7BitEncodedInt64(),
                Gid = reader.Read7BitEncodedInt64(),
                ModTime = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
                Offset = reader.Read7BitEncodedInt64(),
                LinkTarget = ReadBytes(reader) is { Length: > 0 } link ? PathText.Decode(link) : null,
                DeviceMajor = reader.Read7BitEncodedInt(),
                DeviceMinor = reader.Read7BitEncodedInt(),
            });
            before = path;
        }
        return new LayerIndex(entries);
    }

    private static void WriteBytes(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        if (length is < 0 or > 64 * 1024) throw new InvalidDataException("a layer index is damaged");
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
