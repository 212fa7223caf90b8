using System.Runtime.InteropServices;

namespace Strata.Containers.Kernel;

/// <summary>What statx(2) says; the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PathStatus
{
    [FieldOffset(20)] public uint Uid;
    [FieldOffset(24)] public uint Gid;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(128)] public uint DeviceMajor;
    [FieldOffset(132)] public uint DeviceMinor;
    [FieldOffset(136)] public uint OnDeviceMajor;
    [FieldOffset(140)] public uint OnDeviceMinor;
}
