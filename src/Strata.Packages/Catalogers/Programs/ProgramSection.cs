using System.Runtime.InteropServices;

namespace Strata.Packages.Catalogers.Programs;

/// <summary>A piece of a program: where it is in the file, and where it will be in memory.</summary>
/// <param name="Name">Empty for what has none.</param>
/// <param name="Address">In memory.</param>
/// <param name="Offset">In the file.</param>
/// <param name="Size">Bytes that the file has of it, as its header says; the file may be shorter.</param>
/// <param name="IsData">Whether the running program may write to it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProgramSection(string Name, ulong Address, long Offset, long Size, bool IsData);
