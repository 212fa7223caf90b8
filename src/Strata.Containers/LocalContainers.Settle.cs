using Strata.Containers.Kernel;
using Strata.Containers.Records;
using Strata.Containers.Runtime;
using Strata.Content;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>
    /// Brings what is known of a container up to what is: one that has ended is unmounted, its network and control group are gone, its code is kept, and
    /// it is removed if that was asked for. Calling it again is harmless; a container that is gone is settled.
    /// </summary>
    public async Task SettleAsync(string id, CancellationToken cancellationToken)
    {
        var folder = _folders.Of(id);
        if (Directory.Exists(folder.Path)) await SettledAsync(folder, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Null when it is gone. Takes the lock only where there is something to do.</summary>
    private async Task<ContainerRecord?> SettledAsync(ContainerFolder folder, CancellationToken cancellationToken)
    {
        var record = folder.TryRead();
        if (record is null || IsSettled(folder, record)) return record;
        try
        {
            using var held = folder.TakeLock();
            return folder.TryRead() is { } now ? await SettleHeldAsync(folder, now, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (ContainerException e) when (e.Fault == ContainerFault.NoSuchContainer)
        {
            return null;
        }
    }

    private static bool IsActive(ContainerRecord record) => record.State.Status is ContainerStatus.Running or ContainerStatus.Paused;

    private static bool IsAlive(ContainerRecord record) =>
        IsActive(record) && record.State.BootId == ProcessTable.BootId && ProcessTable.IsAlive(record.State.Pid, record.State.PidStartTime);

    private static bool IsSettled(ContainerFolder folder, ContainerRecord record) =>
        IsActive(record) ? IsAlive(record) : !Directory.Exists(folder.RuntimeState);

    private async Task<ContainerRecord?> SettleHeldAsync(ContainerFolder folder, ContainerRecord record, CancellationToken cancellationToken)
    {
        if (IsSettled(folder, record)) return record;
        if (!IsActive(record))
        {
            // Whoever started it was killed in the midst.
            await TearDownAsync(folder, record, isUnknown: true).ConfigureAwait(false);
            return record;
        }
        var sameBoot = record.State.BootId == ProcessTable.BootId;
        var exit = sameBoot ? await ContainerExit.WaitAsync(folder, cancellationToken).ConfigureAwait(false) : ContainerExit.TryRead(folder);
        var isOutOfMemory = sameBoot && ((exit?.OomKilled ?? false) || Cgroups.HadTooLittleMemory(folder.Id));
        await TearDownAsync(folder, record, isUnknown: exit is null).ConfigureAwait(false);
        var ended = record with
        {
            State = record.State with
            {
                Status = ContainerStatus.Exited,
                Pid = 0,
                PidStartTime = 0,
                ExitCode = exit?.Code ?? ContainerExit.Unknown,
                OomKilled = isOutOfMemory,
                Finished = exit?.Time ?? _clock.GetUtcNow(),
                Endpoints = NoEndpoints,
                Ports = [],
            },
        };
        folder.Write(ended, durable: false);
        if (isOutOfMemory) _events.Add(ended, "oom");
        _events.Add(ended, "die", ("exitCode", Text(ended.State.ExitCode)));
        if (!record.Spec.AutoRemove) return ended;
        RemoveFolder(folder, ended, withVolumes: true);
        return null;
    }

    private static readonly Dictionary<string, NetworkEndpoint> NoEndpoints = new(StringComparer.Ordinal);

    /// <summary>Takes away all that a running container has on the host. What is not there is as good.</summary>
    /// <param name="isUnknown">It did not end as it should: processes may be left.</param>
    private async Task TearDownAsync(ContainerFolder folder, ContainerRecord record, bool isUnknown)
    {
        if (Directory.Exists(folder.RuntimeState))
        {
            if (isUnknown) Leftovers.KillMonitor(folder);
            if (RuntimeProgram.FindProgram(record.Spec.Runtime) is { } program && Directory.EnumerateFileSystemEntries(folder.RuntimeState).Any())
                await new RuntimeProgram(program, folder.RuntimeState).TryAsync(["delete", "--force", folder.Id], CancellationToken.None).ConfigureAwait(false);
        }
        Leftovers.RemoveGroups(folder.Id);
        await DisconnectAsync(record).ConfigureAwait(false);
        MountTable.UnmountAll(folder.Root);
        SubpathsOf(folder).RemoveAll();
        foreach (var file in (string[])[folder.PidFile, folder.MonitorPidFile, folder.ExitFile, folder.Below("oom"), folder.Below("attach"), folder.Below("ctl"), folder.Below("winsz"), folder.Below("shm")])
            File.Delete(file);
        if (Directory.Exists(folder.Execs)) Directory.Delete(folder.Execs, recursive: true);
        if (Directory.Exists(folder.RuntimeState)) Directory.Delete(folder.RuntimeState, recursive: true);
    }

    /// <summary>What killed processes left half made or half removed.</summary>
    private async Task RemoveUnfinishedAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in _folders.Unfinished())
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var held = FileLock.TryExclusive(folder.Lock);
            if (held is null) continue;
            if (folder.TryRead() is { } record)
            {
                await TearDownAsync(folder, record, isUnknown: true).ConfigureAwait(false);
                _folders.Unname(record.Name, folder.Id);
            }
            _store.Unpin(PinOf(folder.Id));
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static string PinOf(string id) => "container-" + id;

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
