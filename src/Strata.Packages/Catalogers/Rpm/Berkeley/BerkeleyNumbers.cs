using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Strata.Packages.Catalogers.Rpm.Berkeley;

/// <summary>Numbers are written in the order of the machine that made the database.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BerkeleyNumbers(bool IsLittleEndian)
{
    public ushort UInt16(ReadOnlySpan<byte> bytes, int at) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    public uint UInt32(ReadOnlySpan<byte> bytes, int at) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
