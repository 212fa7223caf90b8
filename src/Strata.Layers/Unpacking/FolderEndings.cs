using System.Buffers.Binary;
using Strata.Layers.Tar;

namespace Strata.Layers.Unpacking;

/// <summary>
/// What folders get when all is in them: their times, which every new name in them changes. Kept in bytes, not in objects: a layer may have
/// hundreds of thousands.
/// </summary>
internal sealed class FolderEndings
{
    private const int ChunkSize = 64 * 1024;
    private const int Fixed = 2 + 8 + 4 + 4;
    private readonly List<(byte[] Bytes, int Length)> _chunks = [];

    public void Add(string path, UnixTime time, int mode)
    {
        var needed = Fixed + PathText.MaxBytes(path);
        if (_chunks.Count == 0 || _chunks[^1].Length + needed > ChunkSize) _chunks.Add((new byte[Math.Max(ChunkSize, needed)], 0));
        var (bytes, at) = _chunks[^1];
        var length = PathText.Encode(path, bytes.AsSpan(at + Fixed));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 2), time.Seconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 10), time.Nanoseconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 14), mode);
        _chunks[^1] = (bytes, at + Fixed + length);
    }

    /// <summary>In the order in which they came.</summary>
    public IEnumerable<(string Path, UnixTime Time, int Mode)> All()
    {
        foreach (var (bytes, end) in _chunks)
        {
            for (var at = 0; at < end;)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
                var time = new UnixTime(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 2)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 10)));
                yield return (PathText.Decode(bytes.AsSpan(at + Fixed, length)), time, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 14)));
                at += Fixed + length;
            }
        }
    }
}
