using System.Diagnostics;
using Strata.Containers.Kernel;
using Strata.Containers.Records;
using Strata.Containers.Rootfs;
using Strata.Containers.Runtime;

namespace Strata.Containers;

/// <summary>
/// Runs one process over layers to its end. No record is kept, and no monitor: the process ends with who runs it.
/// <example>
/// <code>
/// var runner = new StepRunner(warn: Console.Error.WriteLine);
/// var code = await runner.RunAsync(new StepSpec
/// {
///     Layers = trees,                                  // LayerUnpacker.PathIn(store.Layers, diffId), the base first
///     Upper = Path.Combine(folder, "upper"),           // the changes: FolderLayer makes a layer of them
///     Work = Path.Combine(folder, "work"),             // on the same disk; gone afterwards
///     Arguments = ["/bin/sh", "-c", "apt-get update"],
///     Network = "host",
/// }, stdout, stderr, cancellationToken);
/// </code>
/// </example>
/// Who was killed in the midst calls <see cref="CleanAsync"/> with the same <see cref="StepSpec.Work"/> before it uses the folder again. The trees must stay
/// while the step runs: hold a lease of the store.
/// </summary>
/// <param name="warn">Told of limits that could not be given as asked for.</param>
public sealed class StepRunner(Action<string> warn, string runtime = "runc")
{
    /// <summary>The process's exit code. When this returns, nothing of it runs or is mounted, and <see cref="StepSpec.Upper"/> has its changes.</summary>
    /// <exception cref="ContainerException">It could not be started: no such program (<see cref="ContainerException.NotFound"/>), or the host forbids it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the process is gone, the upper folder has what it had changed until then.</exception>
    public async Task<int> RunAsync(StepSpec step, Stream output, Stream errors, CancellationToken cancellationToken)
    {
        var folder = new ContainerFolder(step.Work, Id(step.Work));
        foreach (var made in (string[])[step.Work, step.Upper, folder.Work, folder.Root, folder.RuntimeState]) Directory.CreateDirectory(made);
        var places = new MountPlaces(step.Upper);
        try
        {
            IReadOnlyList<string> layers = step.Layers.Count > 0 ? [.. step.Layers.Reverse()] : [Directory.CreateDirectory(folder.Below("empty")).FullName];
            OverlayMount.Mount(layers, step.Upper, folder.Work, folder.Root);
            places.Note(folder.Root, step);
            var record = Record(folder.Id, step);
            EtcFiles.Write(folder, record, [], []);
            new Bundle(folder, record, warn).Write(step.Network switch { "host" => null, "none" => "", var path => path }, new Dictionary<string, string>(StringComparer.Ordinal), _ => 0);
            return await RunAsync(folder, step.HasTerminal, output, errors, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await CleanAsync(step.Work).ConfigureAwait(false);
            places.Remove();
        }
    }

    /// <summary>Ends and unmounts what a step has left in its work folder, and removes that. Nothing is as good.</summary>
    public async Task CleanAsync(string work)
    {
        if (!Directory.Exists(work)) return;
        var folder = new ContainerFolder(work, Id(work));
        if (Directory.Exists(folder.RuntimeState) && Directory.EnumerateFileSystemEntries(folder.RuntimeState).Any())
            await RuntimeProgram.Find(runtime, folder.RuntimeState).TryAsync(["delete", "--force", folder.Id], CancellationToken.None).ConfigureAwait(false);
        Leftovers.RemoveGroups(folder.Id);
        MountTable.UnmountAll(folder.Root);
        Directory.Delete(work, recursive: true);
    }

    private async Task<int> RunAsync(ContainerFolder folder, bool hasTerminal, Stream output, Stream errors, CancellationToken cancellationToken)
    {
        var program = RuntimeProgram.Find(runtime, folder.RuntimeState);
        var log = folder.Below("runtime.log");
        using var process = Process.Start(new ProcessStartInfo(program.Program,
            ["--root", folder.RuntimeState, "--log", log, "--log-format", "json", "run", "--bundle", folder.Path, folder.Id])
        {
            UseShellExecute = false,
            RedirectStandardInput = !hasTerminal,
            RedirectStandardOutput = !hasTerminal,
            RedirectStandardError = !hasTerminal,
            WorkingDirectory = "/",
        })!;
        if (!hasTerminal) process.StandardInput.Close();
        // To the ends of both, even when it is cancelled: they come when the process is gone.
        var outputs = hasTerminal ? Task.CompletedTask : Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(output, CancellationToken.None), process.StandardError.BaseStream.CopyToAsync(errors, CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await program.TryAsync(["kill", folder.Id, "KILL"], CancellationToken.None).ConfigureAwait(false);
            await program.TryAsync(["delete", "--force", folder.Id], CancellationToken.None).ConfigureAwait(false);
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        await outputs.ConfigureAwait(false);
        // The runtime logs only when it fails itself.
        if (process.ExitCode != 0 && File.Exists(log) && RuntimeErrors.LastMessage(await File.ReadAllTextAsync(log, cancellationToken).ConfigureAwait(false)) is var why
            && why.Contains("container process", StringComparison.Ordinal)) throw RuntimeErrors.Of(why);
        return process.ExitCode;
    }

    /// <summary>The same of the same folder, so that what is left of one who was killed is found.</summary>
    private static string Id(string work) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Path.GetFullPath(work))));

    private static ContainerRecord Record(string id, StepSpec step) => new()
    {
        Id = id,
        Name = "step",
        Created = DateTimeOffset.UnixEpoch,
        Image = new ImageUse { Name = "", Id = default, Manifest = default, DiffIds = [] },
        Spec = new ContainerSpec
        {
            Command = step.Arguments,
            Tty = step.HasTerminal,
            Env = step.Env,
            User = step.User,
            WorkingDir = step.WorkingDir,
            Hostname = step.Hostname,
            Mounts = step.Mounts,
            Network = new NetworkSpec { Mode = step.Network, ExtraHosts = step.ExtraHosts },
            Security = new SecuritySpec { Privileged = step.Insecure },
            Resources = step.Resources,
            Ulimits = step.Ulimits,
            ShmSize = step.ShmSize,
        },
    };
}
