using System.Text.Json;
using Strata.Containers.Execs;
using Strata.Containers.Records;
using Strata.Containers.Rootfs;
using Strata.Containers.Runtime;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Starts one more process in a running container. Who calls disposes what is given back.</summary>
    /// <exception cref="ContainerException">The container does not run, or there is no such program.</exception>
    public async Task<RunningExec> ExecAsync(string nameOrId, ExecSpec exec, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        if (!IsActive(record)) throw new ContainerException($"container {record.Id} is not running", $"start it with: strata start {record.Name}") { Fault = ContainerFault.WrongState, ExitCode = 1 };
        if (record.State.Status == ContainerStatus.Paused) throw new ContainerException($"Container {record.Name} is paused, unpause the container before exec", $"strata unpause {record.Name}") { Fault = ContainerFault.WrongState, ExitCode = 1 };
        var folder = _folders.Of(record.Id);
        var id = ContainerNames.NewId();
        var own = Path.Combine(folder.Execs, id[..16]);
        Directory.CreateDirectory(own);
        try
        {
            var process = Path.Combine(own, "process.json");
            await File.WriteAllBytesAsync(process, JsonSerializer.SerializeToUtf8Bytes(ProcessOf(folder, record, exec), RuntimeJson.Default.RuntimeProcess), cancellationToken).ConfigureAwait(false);
            var runtime = RuntimeProgram.Find(record.Spec.Runtime, folder.RuntimeState);
            var running = ExecMonitor.Run(record.Id, id, own, process, runtime, exec);
            _events.Add(record, "exec_start", ("execID", id), ("command", string.Join(' ', exec.Command)));
            return running;
        }
        catch
        {
            Directory.Delete(own, recursive: true);
            throw;
        }
    }

    private static RuntimeProcess ProcessOf(ContainerFolder folder, ContainerRecord record, ExecSpec exec)
    {
        var user = ResolvedUser.Of(folder.Root, exec.User ?? record.Spec.User, exec.User is null ? record.Spec.Groups : []);
        var security = exec.Privileged ? record.Spec.Security with { Privileged = true } : record.Spec.Security;
        var names = exec.Env.Select(e => e.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return new RuntimeProcess
        {
            Terminal = exec.Tty,
            User = new RuntimeUser(user.Uid, user.Gid, user.Groups.Count > 0 ? user.Groups : null),
            Args = exec.Command,
            Env = [.. Bundle.Environment(record, user, exec.Tty).Where(e => !names.Contains(e.Split('=')[0])), .. exec.Env],
            Cwd = exec.WorkingDir ?? record.Spec.WorkingDir,
            Capabilities = Bundle.Of(Capabilities.Of(security), user.Uid),
            Rlimits = ResourceLimit.Of(record.Spec.Ulimits, _ => { }),
            NoNewPrivileges = record.Spec.Security.NoNewPrivileges,
        };
    }
}
