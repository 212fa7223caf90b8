using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Strata.Containers.Kernel;
using Strata.Containers.Records;

namespace Strata.Containers.Runtime;

/// <summary>
/// conmon: holds a container's terminal and pipes, writes its log and its exit code, and calls us when it has ended. It outlives who starts it.
/// </summary>
internal static class Conmon
{
    /// <summary>The descriptors that it looks for by these numbers.</summary>
    private const int SyncDescriptor = 3;

    /// <summary>Starts the monitor, which makes the container.</summary>
    /// <param name="exitCommand">Called when the container has ended.</param>
    /// <returns>The container's process 1, which waits to be let go.</returns>
    /// <exception cref="ContainerException">It could not be made; the exception has the runtime's word.</exception>
    public static int Create(ContainerFolder folder, ContainerSpec spec, RuntimeProgram runtime, IReadOnlyList<string> exitCommand)
    {
        List<string> arguments =
        [
            "--api-version", "1", "-c", folder.Id, "-u", folder.Id, "-n", folder.Id, "-r", runtime.Program, "--runtime-arg", "--root", "--runtime-arg", runtime.StateFolder,
            "-b", folder.Path, "-p", folder.PidFile, "-P", folder.MonitorPidFile, "--exit-dir", folder.Exits, "--full-attach", "--log-level", "error",
            "-l", spec.Log.Driver == "none" ? "none" : $"k8s-file:{folder.Log}",
        ];
        if (spec.Log.MaxSize > 0) arguments.AddRange(["--log-size-max", spec.Log.MaxSize.ToString(CultureInfo.InvariantCulture)]);
        if (spec.Tty) arguments.Add("-t");
        if (spec.OpenStdin) arguments.Add("-i");
        if (spec is { OpenStdin: true, StdinOnce: false }) arguments.Add("--leave-stdin-open");
        if (exitCommand.Count > 0)
        {
            arguments.AddRange(["--exit-command", exitCommand[0]]);
            foreach (var argument in exitCommand.Skip(1)) arguments.AddRange(["--exit-command-arg", argument]);
        }
        return ReadPid(folder, arguments);
    }

    private static int ReadPid(ContainerFolder folder, List<string> arguments)
    {
        Span<int> pipe = stackalloc int[2];
        if (Libc.Pipe(pipe, Libc.CloseOnExec) != 0) throw Libc.Failure("cannot make a pipe");
        using var answer = new SafeFileHandle(pipe[0], ownsHandle: true);
        var log = Libc.Open(folder.MonitorLog, Libc.WriteOnly | 0x40 | 0x400 | Libc.CloseOnExec, 0x180);
        int process;
        try
        {
            process = ChildProcess.Start(Program(), arguments, Environment("_OCI_SYNCPIPE=3"), [(pipe[1], SyncDescriptor), (log, 2)]);
        }
        finally
        {
            _ = Libc.Close(pipe[1]);
            if (log >= 0) _ = Libc.Close(log);
        }
        WaitForAnswer(answer, folder);
        var message = Read(answer);
        // It goes on as a child of process 1; this was only its beginning.
        _ = ChildProcess.WaitForEnd(process);
        if (message is { Data: > 0 }) return message.Data;
        throw message is { Message: { } why } ? RuntimeErrors.Of(RuntimeErrors.LastMessage(why)) : new ContainerException($"conmon ended without a word{Said(folder)}", "see that it can be run");
    }

    /// <summary>
    /// Where the runtime is killed half-way, its child may live on and hold the pipe that the monitor then reads to its end: there is no answer, and
    /// nobody to give one.
    /// </summary>
    private static void WaitForAnswer(SafeFileHandle answer, ContainerFolder folder)
    {
        const int slice = 300, patience = 4;
        for (var silent = 0; !Libc.IsReadable((int)answer.DangerousGetHandle(), slice);)
        {
            silent = Leftovers.IsRuntimeAtWork(folder) ? 0 : silent + 1;
            if (silent == patience) throw new ContainerException("the runtime ended half-way and did not say why", "start the container again; what was made is taken away");
        }
    }

    /// <exception cref="ContainerException">It is not installed.</exception>
    internal static string Program() => RuntimeProgram.FindProgram("conmon")
        ?? throw new ContainerException("conmon is not installed; it keeps watch over containers", "apt-get install conmon");

    /// <summary>Environment of our own for the monitor, which hands most of it to the runtime.</summary>
    internal static IEnumerable<string> Environment(params string[] more)
    {
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            // What systemd tells a service is not meant for what the service starts.
            if ((string)variable.Key is not ("NOTIFY_SOCKET" or "LISTEN_FDS" or "LISTEN_PID")) yield return $"{variable.Key}={variable.Value}";
        }
        foreach (var variable in more) yield return variable;
    }

    /// <summary>One message; null when the other end is closed.</summary>
    internal static MonitorMessage? Read(SafeFileHandle pipe)
    {
        // Byte by byte: the next message may be there already, and belongs to the next reader.
        var line = new List<byte>();
        Span<byte> next = stackalloc byte[1];
        while (true)
        {
            var n = Libc.Read(pipe.DangerousGetHandle().ToInt32(), next, 1);
            if (n < 0 && Libc.Error == Libc.Interrupted) continue;
            if (n <= 0 || next[0] == (byte)'\n') break;
            line.Add(next[0]);
        }
        return line.Count == 0 ? null : JsonSerializer.Deserialize(line.ToArray(), RuntimeJson.Default.MonitorMessage);
    }

    private static string Said(ContainerFolder folder)
    {
        var text = File.Exists(folder.MonitorLog) ? File.ReadAllText(folder.MonitorLog, Encoding.UTF8).Trim() : "";
        return text.Length == 0 ? "" : $": {text.Split('\n')[^1]}";
    }
}
