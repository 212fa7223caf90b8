using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Cache;

/// <summary>
/// Digests of files by what the kernel says of them: a file whose inode, size, and times of content and of inode are as they were has the content
/// it had, and is not read again. Safe for several threads.
/// </summary>
internal sealed class StatCache(string path, TimeProvider clock)
{
    private const int RecordLength = 5 * 8 + 32;
    private const int MaxRecords = 1_000_000;
    private static readonly byte[] Magic = "strata-stat-1\0\0\0"u8.ToArray();

    /// <summary>A file that changed so lately could change again without another time.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Key, Digest> _digests = Load(path);
    private readonly ConcurrentDictionary<Key, bool> _used = new();
    private bool _isChanged;

    /// <summary>Bytes that were read to find digests.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    private long _bytesRead;

    public Digest DigestOf(FolderReader folder, FolderFile file)
    {
        var key = Key.Of(file);
        _used[key] = true;
        if (_digests.TryGetValue(key, out var known)) return known;
        var now = clock.GetUtcNow();
        using var content = folder.Open(file.Path);
        var digest = Digest.FromHash(SHA256.HashData(content));
        Interlocked.Add(ref _bytesRead, file.Size);
        if (now - file.Changed.ToDateTimeOffset() > Settled)
        {
            _digests[key] = digest;
            _isChanged = true;
        }
        return digest;
    }

    /// <summary>Keeps what was found. It may be deleted at any time.</summary>
    public void Save()
    {
        if (!_isChanged) return;
        // Those of this build first: of very many, the others go.
        var kept = _digests.OrderByDescending(d => _used.ContainsKey(d.Key)).Take(MaxRecords).ToArray();
        var bytes = new byte[Magic.Length + kept.Length * RecordLength];
        Magic.CopyTo(bytes, 0);
        var rest = bytes.AsSpan(Magic.Length);
        foreach (var (key, digest) in kept)
        {
            key.Write(rest);
            Convert.FromHexString(digest.Hex, rest[40..], out _, out _);
            rest = rest[RecordLength..];
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, bytes);
    }

    private static ConcurrentDictionary<Key, Digest> Load(string path)
    {
        var digests = new ConcurrentDictionary<Key, Digest>();
        if (!File.Exists(path)) return digests;
        var bytes = File.ReadAllBytes(path).AsSpan();
        if (!bytes.StartsWith(Magic) || (bytes.Length - Magic.Length) % RecordLength != 0) return digests;
        for (var rest = bytes[Magic.Length..]; rest.Length > 0; rest = rest[RecordLength..])
            digests[Key.Read(rest)] = Digest.FromHash(rest.Slice(40, 32).ToArray());
        return digests;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Key(ulong Device, ulong Inode, long Size, long Modified, long Changed)
    {
        public static Key Of(FolderFile file) => new(file.Identity.Device, file.Identity.Inode, file.Size, Nanoseconds(file.Modified), Nanoseconds(file.Changed));

        public static Key Read(ReadOnlySpan<byte> bytes) => new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]));

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Device);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Inode);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Size);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Modified);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Changed);
        }

        private static long Nanoseconds(UnixTime time) => unchecked(time.Seconds * 1_000_000_000 + time.Nanoseconds);
    }
}
