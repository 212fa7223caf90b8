using Strata.Containers.Kernel;
using Strata.Containers.Records;
using Strata.Containers.Rootfs;
using Strata.Containers.Runtime;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Starts a container. One that runs is as good.</summary>
    /// <exception cref="ContainerException">It cannot be started; nothing of it is left running or mounted.</exception>
    public async Task<ContainerRecord> StartAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var (record, attachment) = await StartAsync(nameOrId, attach: false, isRestart: false, cancellationToken).ConfigureAwait(false);
        attachment?.Dispose();
        return record;
    }

    /// <summary>Starts a container with its output in hand from the first byte. Who calls disposes the attachment.</summary>
    /// <inheritdoc cref="StartAsync(string, CancellationToken)" path="/exception"/>
    public async Task<(ContainerRecord Record, Attachment Attachment)> StartAttachedAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var (record, attachment) = await StartAsync(nameOrId, attach: true, isRestart: false, cancellationToken).ConfigureAwait(false);
        return (record, attachment ?? Attachment.Connect(_folders.Of(record.Id), record));
    }

    private async Task<(ContainerRecord Record, Attachment? Attachment)> StartAsync(string nameOrId, bool attach, bool isRestart, CancellationToken cancellationToken)
    {
        RequireRoot();
        var folder = Locate(nameOrId);
        using var held = folder.TakeLock();
        var found = folder.TryRead() ?? throw NoSuch(nameOrId);
        var record = await SettleHeldAsync(folder, found, cancellationToken).ConfigureAwait(false) ?? throw NoSuch(nameOrId);
        if (record.State.Status == ContainerStatus.Paused)
            throw new ContainerException("cannot start a paused container, try unpause instead", $"strata unpause {record.Name}") { Fault = ContainerFault.WrongState };
        if (IsActive(record)) return (record, null);
        Attachment? attachment = null;
        try
        {
            Directory.CreateDirectory(folder.RuntimeState);
            var pid = await CreateProcessAsync(folder, record, cancellationToken).ConfigureAwait(false);
            if (attach) attachment = Attachment.Connect(folder, record);
            var runtime = RuntimeProgram.Find(record.Spec.Runtime, folder.RuntimeState);
            var startTime = ProcessTable.StartTime(pid) ?? 0;
            await runtime.DoAsync(["start", record.Id], cancellationToken).ConfigureAwait(false);
            record = Running(folder.TryRead()!, pid, startTime, isRestart);
            folder.Write(record, durable: false);
            _events.Add(record, "start");
            return (record, attachment);
        }
        catch (Exception e)
        {
            attachment?.Dispose();
            await TearDownAsync(folder, record, isUnknown: true).ConfigureAwait(false);
            if (e is ContainerException failure) Failed(folder, record, failure);
            throw;
        }
    }

    private async Task<int> CreateProcessAsync(ContainerFolder folder, ContainerRecord record, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Exits);
        CheckSources(record);
        Mount(folder, record);
        await FillVolumesAsync(folder, record, cancellationToken).ConfigureAwait(false);
        var network = await ConnectAsync(folder, record, cancellationToken).ConfigureAwait(false);
        var connected = folder.TryRead()!;
        EtcFiles.Write(folder, connected, connected.State.Endpoints.Values, NameServers(connected));
        var others = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var mode in (string[])[record.Spec.PidMode, record.Spec.IpcMode, record.Spec.UtsMode])
        {
            if (!mode.StartsWith("container:", StringComparison.Ordinal)) continue;
            var other = await FindAsync(mode["container:".Length..], cancellationToken).ConfigureAwait(false);
            others[mode["container:".Length..]] = IsActive(other) ? other.State.Pid
                : throw new ContainerException($"cannot join namespace of a non running container: {other.Name}", "start that one first");
        }
        new Bundle(folder, record, _options.Warn).Write(network, VolumePaths(folder, record), name => others[name]);
        var runtime = RuntimeProgram.Find(record.Spec.Runtime, folder.RuntimeState);
        IReadOnlyList<string> exitCommand = _options.ExitCommand.Count == 0 ? [] : [.. _options.ExitCommand, record.Id];
        return Conmon.Create(folder, record.Spec, runtime, exitCommand);
    }

    /// <summary>Mounts the root file system, which stays until the container is settled.</summary>
    private void Mount(ContainerFolder folder, ContainerRecord record)
    {
        MountTable.UnmountAll(folder.Root);
        var layers = LayerFolders.Of(_store, record.Image.DiffIds, _folders.Corrections);
        if (layers.Count == 0) layers = [Directory.CreateDirectory(folder.Below("empty")).FullName];
        OverlayMount.Mount(layers, folder.Upper, folder.Work, folder.Root);
    }

    private ContainerRecord Running(ContainerRecord record, int pid, long startTime, bool isRestart) => record with
    {
        State = record.State with
        {
            Status = ContainerStatus.Running,
            Pid = pid,
            PidStartTime = startTime,
            BootId = ProcessTable.BootId,
            Started = _clock.GetUtcNow(),
            Finished = null,
            ExitCode = 0,
            OomKilled = false,
            Error = "",
            StoppedByHand = false,
            RestartCount = isRestart ? record.State.RestartCount + 1 : 0,
            Health = record.Spec.Health is null ? null : new HealthState(),
        },
    };

    private static void Failed(ContainerFolder folder, ContainerRecord record, ContainerException failure) => folder.Write(record with
    {
        State = record.State with { Error = failure.Message, ExitCode = failure.ExitCode == ContainerException.NotStarted ? 128 : failure.ExitCode, Endpoints = NoEndpoints, Ports = [] },
    }, durable: false);
}
