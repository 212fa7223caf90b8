using System.Buffers.Binary;

namespace Strata.Packages.Tests.Rpm;

/// <summary>Writes what rpm's lib/backend/ndb/rpmpkg.c does; Debian builds rpm without it.</summary>
internal static class NdbWriter
{
    private const int PageSize = 4096;

    public static byte[] Write(IReadOnlyList<byte[]> headers, int slotPages = 1)
    {
        var file = new MemoryStream();
        file.Write(new byte[PageSize * slotPages]);
        var slots = new byte[PageSize * slotPages];
        for (var i = 32; i < slots.Length; i += 16) "Slot"u8.CopyTo(slots.AsSpan(i));
        "RpmP"u8.CopyTo(slots);
        Put(slots, 8, 7, slotPages, headers.Count + 1);
        for (var i = 0; i < headers.Count; i++)
        {
            var block = (int)file.Length / 16;
            var head = new byte[16];
            "BlbS"u8.CopyTo(head);
            Put(head, 4, i + 1, 7, headers[i].Length);
            file.Write(head);
            file.Write(headers[i]);
            // The tail ends with its block.
            file.Write(new byte[(16 - (headers[i].Length + 12) % 16) % 16]);
            var tail = new byte[12];
            Put(tail, 4, headers[i].Length);
            "BlbE"u8.CopyTo(tail.AsSpan(8));
            file.Write(tail);
            // One slot is free between two, as after a removal.
            Put(slots, 32 + i * 32 + 4, i + 1, block, (int)file.Length / 16 - block);
        }

        var bytes = file.ToArray();
        slots.CopyTo(bytes, 0);
        return bytes;
    }

    private static void Put(byte[] bytes, int at, params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), number);
            at += 4;
        }
    }
}
