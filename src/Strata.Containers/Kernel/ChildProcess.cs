using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Containers.Kernel;

/// <summary>
/// A child with descriptors of our choice. Signals are as in a new process: .NET ignores SIGPIPE, and a container must not inherit that.
/// </summary>
internal static unsafe class ChildProcess
{
    /// <summary>More than the C library's own types take on any architecture.</summary>
    private const int OpaqueSize = 1024;
    private const int SignalSetSize = 128;
    private const short SetSignalMask = 0x08;
    private const short SetDefaultSignals = 0x04;

    /// <param name="descriptors">Which of ours becomes which of the child's; 0, 1 and 2 are /dev/null where they are not named.</param>
    /// <returns>Its number; who starts it waits for it.</returns>
    /// <exception cref="IOException">It could not be started.</exception>
    public static int Start(string program, IReadOnlyList<string> arguments, IEnumerable<string> environment, IReadOnlyList<(int Ours, int Childs)> descriptors)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[SignalSetSize];
        _ = Libc.InitActions(actions);
        _ = Libc.InitAttributes(attributes);
        var argv = Strings([program, .. arguments]);
        var envp = Strings([.. environment]);
        try
        {
            foreach (var standard in (int[])[0, 1, 2])
            {
                if (!descriptors.Any(d => d.Childs == standard)) _ = Libc.AddOpen(actions, standard, "/dev/null", Libc.ReadWrite, 0);
            }
            foreach (var (ours, childs) in descriptors) _ = Libc.AddDuplicate(actions, ours, childs);
            new Span<byte>(signals, SignalSetSize).Clear();
            _ = Libc.SetSignalMask(attributes, signals);
            new Span<byte>(signals, SignalSetSize).Fill(0xff);
            _ = Libc.SetDefaultSignals(attributes, signals);
            _ = Libc.SetSpawnFlags(attributes, SetSignalMask | SetDefaultSignals);
            var error = Libc.Spawn(out var process, program, actions, attributes, argv, envp);
            return error == 0 ? process : throw new IOException($"cannot start {program}: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
        finally
        {
            Free(argv);
            Free(envp);
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
        }
    }

    /// <summary>Waits for its end. 128 and the signal's number where a signal ended it.</summary>
    public static int WaitForEnd(int process)
    {
        int status;
        while (Libc.WaitFor(process, out status, 0) < 0)
        {
            if (Libc.Error != Libc.Interrupted) return -1;
        }
        return (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
    }

    private static byte** Strings(IReadOnlyList<string> texts)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            var length = Encoding.UTF8.GetByteCount(texts[i]);
            array[i] = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
            Encoding.UTF8.GetBytes(texts[i], new Span<byte>(array[i], length));
        }
        return array;
    }

    private static void Free(byte** strings)
    {
        for (var i = 0; strings[i] != null; i++) NativeMemory.Free(strings[i]);
        NativeMemory.Free(strings);
    }
}
