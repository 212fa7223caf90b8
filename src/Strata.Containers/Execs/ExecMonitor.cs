using Microsoft.Win32.SafeHandles;
using Strata.Containers.Kernel;
using Strata.Containers.Runtime;

namespace Strata.Containers.Execs;

/// <summary>
/// conmon for one more process in a container. It speaks through three pipes: it waits for a byte, says that its socket is there, waits for another byte,
/// and then says the process's number and, at the end, its exit code.
/// </summary>
internal static class ExecMonitor
{
    private const int Sync = 3;
    private const int AttachReady = 4;
    private const int Start = 5;

    /// <param name="folder">A folder of its own, for the socket and the process's document.</param>
    /// <exception cref="ContainerException">It could not be started; the exception has the runtime's word.</exception>
    public static RunningExec Run(string containerId, string execId, string folder, string processFile, RuntimeProgram runtime, ExecSpec spec)
    {
        var program = Conmon.Program();
        List<string> arguments =
        [
            "--api-version", "1", "-e", "-c", containerId, "-u", execId, "-n", containerId, "-r", runtime.Program, "--runtime-arg", "--root", "--runtime-arg", runtime.StateFolder,
            "-b", folder, "-p", Path.Combine(folder, "pid"), "--exec-attach", "--exec-process-spec", processFile, "--full-attach", "--log-level", "error", "-l", "none",
        ];
        if (spec.Tty) arguments.Add("-t");
        if (spec.OpenStdin) arguments.Add("-i");
        var (sync, syncEnd) = Pipe();
        var (ready, readyEnd) = Pipe();
        var (startEnd, start) = Pipe();
        try
        {
            var log = Path.Combine(folder, "log");
            var descriptor = Libc.Open(log, Libc.WriteOnly | 0x40 | Libc.CloseOnExec, 0x180);
            var process = ChildProcess.Start(program, arguments, Conmon.Environment("_OCI_SYNCPIPE=3", "_OCI_ATTACHPIPE=4", "_OCI_STARTPIPE=5"),
                [(Number(syncEnd), Sync), (Number(readyEnd), AttachReady), (Number(startEnd), Start), (descriptor, 2)]);
            if (descriptor >= 0) _ = Libc.Close(descriptor);
            foreach (var end in (SafeFileHandle[])[syncEnd, readyEnd, startEnd]) end.Dispose();
            Go(start);
            _ = Conmon.Read(ready);
            var attachment = Attachment.Connect(folder, containerId);
            Go(start);
            var message = Conmon.Read(sync);
            _ = ChildProcess.WaitForEnd(process);
            if (message is { Data: > 0 }) return new RunningExec(message.Data, attachment, sync, folder);
            attachment.Dispose();
            throw message is { Message: { } why } ? RuntimeErrors.Of(RuntimeErrors.LastMessage(why)) : new ContainerException("conmon ended without a word", "see that it can be run");
        }
        catch
        {
            sync.Dispose();
            throw;
        }
        finally
        {
            ready.Dispose();
            start.Dispose();
        }
    }

    private static void Go(SafeFileHandle start) => _ = Libc.Write(Number(start), [0], 1);

    private static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    /// <summary>To read from, and to write to.</summary>
    private static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        Span<int> ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.CloseOnExec) != 0) throw Libc.Failure("cannot make a pipe");
        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }
}
