using System.Runtime.InteropServices;

namespace Strata.Cli.Product;

/// <summary>
/// conmon blocks SIGCHLD for itself, and what it starts inherits that: .NET would never hear that a child of its own has ended, and would wait for ever.
/// </summary>
internal static partial class InheritedSignals
{
    private const int SetMask = 2;

    /// <summary>The C library's set of signals, on every architecture.</summary>
    private const int SetSize = 128;

    /// <summary>Unblocks all for the calling thread. Signals to the process go to any thread that takes them, so that one is enough.</summary>
    public static void Unblock() => _ = SetSignalMask(SetMask, stackalloc byte[SetSize], 0);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int SetSignalMask(int how, ReadOnlySpan<byte> signals, nint former);
}
