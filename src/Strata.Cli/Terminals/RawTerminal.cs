using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Cli.Terminals;

/// <summary>Our terminal handed through: every key goes on as it is, and the other end draws. Given back when disposed.</summary>
internal sealed partial class RawTerminal : IDisposable
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int Now = 0;
    private const nuint AskSize = 0x5413;

    /// <summary>More than the C library's termios takes on any architecture.</summary>
    private readonly byte[] _before = new byte[256];

    private RawTerminal()
    {
    }

    /// <summary>Null when standard input is no terminal.</summary>
    public static RawTerminal? TryEnter()
    {
        var terminal = new RawTerminal();
        if (GetAttributes(StandardInput, terminal._before) != 0) return null;
        var raw = terminal._before.ToArray();
        MakeRaw(raw);
        _ = SetAttributes(StandardInput, Now, raw);
        return terminal;
    }

    /// <summary>Null when neither end is a terminal.</summary>
    public static (int Rows, int Columns)? Size()
    {
        Span<ushort> size = stackalloc ushort[4];
        return (AskFor(StandardOutput, AskSize, size) == 0 || AskFor(StandardInput, AskSize, size) == 0) && size[0] > 0 ? (size[0], size[1]) : null;
    }

    /// <summary>Standard input byte by byte: .NET's own stream edits lines when it is a terminal, and sets that back to what it was.</summary>
    public static Stream OpenInput() => new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    public void Dispose() => _ = SetAttributes(StandardInput, Now, _before);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, ReadOnlySpan<byte> attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int AskFor(int descriptor, nuint request, Span<ushort> size);
}
