using System.Runtime.InteropServices;

namespace Strata.Layers.Files;

/// <summary>What statx(2) says of a path, links not followed. Its layout is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7ff;
    private const int TypeMask = 0xF000;

    [FieldOffset(16)] public uint LinkCount;
    [FieldOffset(20)] public uint Uid;
    [FieldOffset(24)] public uint Gid;
    [FieldOffset(28)] public ushort ModeBits;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public ulong Size;
    [FieldOffset(48)] public ulong Blocks;
    [FieldOffset(96)] public long ChangeSeconds;
    [FieldOffset(104)] public uint ChangeNanoseconds;
    [FieldOffset(112)] public long ModSeconds;
    [FieldOffset(120)] public uint ModNanoseconds;
    [FieldOffset(128)] public uint DeviceMajor;
    [FieldOffset(132)] public uint DeviceMinor;
    [FieldOffset(136)] public uint OnDeviceMajor;
    [FieldOffset(140)] public uint OnDeviceMinor;

    public readonly int Permissions => ModeBits & 0xFFF;

    public readonly UnixTime Modified => new(ModSeconds, (int)ModNanoseconds);

    /// <summary>Null for a socket, which no layer can hold.</summary>
    public readonly EntryType? Type => (ModeBits & TypeMask) switch
    {
        0x8000 => EntryType.File,
        0x4000 => EntryType.Directory,
        0xA000 => EntryType.Symlink,
        0x2000 => EntryType.CharacterDevice,
        0x6000 => EntryType.BlockDevice,
        0x1000 => EntryType.Fifo,
        _ => null,
    };

    /// <summary>Overlayfs marks a removed path with a character device 0:0.</summary>
    public readonly bool IsOverlayWhiteout => Type == EntryType.CharacterDevice && DeviceMajor == 0 && DeviceMinor == 0;

    /// <summary>False when the folder has no such name.</summary>
    /// <param name="name">Ended by a NUL; only a NUL for the folder itself.</param>
    /// <exception cref="IOException">It is not to be seen.</exception>
    public static bool TryOf(int folder, ReadOnlySpan<byte> name, out FileStatus status)
    {
        var flags = Native.NoFollow | (name.Length == 1 ? EmptyPath : 0);
        if (Native.StatX(folder, name, flags, BasicFields, out status) == 0) return true;
        return Native.Error == Native.NoEntry ? false : throw Native.Failure("cannot look at a file");
    }
}
