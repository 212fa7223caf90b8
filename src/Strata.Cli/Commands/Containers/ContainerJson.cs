using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>All there is to know of a container, as docker's JSON.</summary>
internal static class ContainerJson
{
    public static JsonObject Of(ContainerRecord record, string root)
    {
        var (spec, state) = (record.Spec, record.State);
        string[] arguments = [.. spec.Entrypoint, .. spec.Command];
        var folder = Path.Combine(root, "containers", record.Id);
        return new JsonObject
        {
            ["Id"] = record.Id,
            ["Created"] = Time(record.Created),
            ["Path"] = arguments.FirstOrDefault() ?? "",
            ["Args"] = ContainerArguments.ToJson(arguments.Skip(1)),
            ["State"] = State(state),
            ["Image"] = record.Image.Id.ToString(),
            ["ResolvConfPath"] = Path.Combine(folder, "etc", "resolv.conf"),
            ["HostnamePath"] = Path.Combine(folder, "etc", "hostname"),
            ["HostsPath"] = Path.Combine(folder, "etc", "hosts"),
            ["LogPath"] = Path.Combine(folder, "log"),
            ["Name"] = "/" + record.Name,
            ["RestartCount"] = state.RestartCount,
            ["Driver"] = "overlay",
            ["Platform"] = "linux",
            ["HostConfig"] = HostConfig(spec),
            ["GraphDriver"] = new JsonObject { ["Name"] = "overlay", ["Data"] = new JsonObject { ["MergedDir"] = Path.Combine(folder, "rootfs"), ["UpperDir"] = Path.Combine(folder, "upper"), ["WorkDir"] = Path.Combine(folder, "work") } },
            ["Mounts"] = new JsonArray([.. spec.Mounts.Where(m => m.Kind != MountKind.Tmpfs).Select(Mount)]),
            ["Config"] = Config(record),
            ["NetworkSettings"] = Networks(record),
        };
    }

    private static JsonObject State(ContainerState state)
    {
        var json = new JsonObject
        {
            ["Status"] = state.Status.ToString().ToLowerInvariant(),
            ["Running"] = state.Status is ContainerStatus.Running or ContainerStatus.Paused,
            ["Paused"] = state.Status == ContainerStatus.Paused,
            ["Restarting"] = state.Status == ContainerStatus.Restarting,
            ["OOMKilled"] = state.OomKilled,
            ["Dead"] = state.Status == ContainerStatus.Dead,
            ["Pid"] = state.Pid,
            ["ExitCode"] = state.ExitCode,
            ["Error"] = state.Error,
            ["StartedAt"] = Time(state.Started),
            ["FinishedAt"] = Time(state.Finished),
        };
        if (state.Health is { } health)
        {
            json["Health"] = new JsonObject
            {
                ["Status"] = health.Status,
                ["FailingStreak"] = health.FailingStreak,
                ["Log"] = new JsonArray([.. health.Log.Select(p => (JsonNode)new JsonObject { ["Start"] = Time(p.Start), ["End"] = Time(p.End), ["ExitCode"] = p.ExitCode, ["Output"] = p.Output })]),
            };
        }
        return json;
    }

    private static JsonObject Config(ContainerRecord record)
    {
        var spec = record.Spec;
        return new JsonObject
        {
            ["Hostname"] = spec.Hostname.Length > 0 ? spec.Hostname : record.ShortId,
            ["Domainname"] = spec.DomainName,
            ["User"] = spec.User,
            ["Tty"] = spec.Tty,
            ["OpenStdin"] = spec.OpenStdin,
            ["StdinOnce"] = spec.StdinOnce,
            ["Env"] = ContainerArguments.ToJson(spec.Env),
            ["Cmd"] = ContainerArguments.ToJson(spec.Command),
            ["Image"] = record.Image.Name,
            ["WorkingDir"] = spec.WorkingDir,
            ["Entrypoint"] = spec.Entrypoint.Count == 0 ? null : ContainerArguments.ToJson(spec.Entrypoint),
            ["Labels"] = new JsonObject(spec.Labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
            ["ExposedPorts"] = new JsonObject(spec.Network.Exposed.Select(e => KeyValuePair.Create(e, (JsonNode?)new JsonObject()))),
            ["StopSignal"] = spec.StopSignal,
            ["StopTimeout"] = spec.StopTimeout,
        };
    }

    private static JsonObject HostConfig(ContainerSpec spec) => new()
    {
        ["Binds"] = ContainerArguments.ToJson(spec.Mounts.Where(m => m.Kind != MountKind.Tmpfs).Select(m => $"{m.Source}:{m.Target}{(m.ReadOnly ? ":ro" : "")}")),
        ["LogConfig"] = new JsonObject { ["Type"] = spec.Log.Driver },
        ["NetworkMode"] = spec.Network.Mode,
        ["PortBindings"] = Ports(spec.Network.Ports),
        ["RestartPolicy"] = new JsonObject { ["Name"] = spec.Restart.Name, ["MaximumRetryCount"] = spec.Restart.MaximumRetries },
        ["AutoRemove"] = spec.AutoRemove,
        ["CapAdd"] = ContainerArguments.ToJson(spec.Security.CapAdd),
        ["CapDrop"] = ContainerArguments.ToJson(spec.Security.CapDrop),
        ["Dns"] = ContainerArguments.ToJson(spec.Network.Dns),
        ["ExtraHosts"] = ContainerArguments.ToJson(spec.Network.ExtraHosts),
        ["GroupAdd"] = ContainerArguments.ToJson(spec.Groups),
        ["IpcMode"] = spec.IpcMode.Length == 0 ? "private" : spec.IpcMode,
        ["PidMode"] = spec.PidMode,
        ["UTSMode"] = spec.UtsMode,
        ["Privileged"] = spec.Security.Privileged,
        ["ReadonlyRootfs"] = spec.Security.ReadOnlyRoot,
        ["Tmpfs"] = new JsonObject(spec.Mounts.Where(m => m.Kind == MountKind.Tmpfs).Select(m => KeyValuePair.Create(m.Target, (JsonNode?)string.Join(',', m.Options)))),
        ["ShmSize"] = spec.ShmSize,
        ["Sysctls"] = new JsonObject(spec.Sysctls.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))),
        ["Runtime"] = spec.Runtime,
        ["Init"] = spec.Init,
        ["Memory"] = spec.Resources.Memory,
        ["MemorySwap"] = spec.Resources.MemorySwap,
        ["MemoryReservation"] = spec.Resources.MemoryReservation,
        ["NanoCpus"] = spec.Resources.NanoCpus,
        ["CpuShares"] = spec.Resources.CpuShares,
        ["CpuPeriod"] = spec.Resources.CpuPeriod,
        ["CpuQuota"] = spec.Resources.CpuQuota,
        ["CpusetCpus"] = spec.Resources.CpusetCpus,
        ["CpusetMems"] = spec.Resources.CpusetMems,
        ["PidsLimit"] = spec.Resources.PidsLimit,
        ["BlkioWeight"] = spec.Resources.BlkioWeight,
        ["OomScoreAdj"] = spec.Resources.OomScoreAdj,
        ["Ulimits"] = new JsonArray([.. spec.Ulimits.Select(u => (JsonNode)new JsonObject { ["Name"] = u.Name, ["Soft"] = u.Soft, ["Hard"] = u.Hard })]),
        ["Devices"] = new JsonArray([.. spec.Devices.Select(d => (JsonNode)new JsonObject { ["PathOnHost"] = d.HostPath, ["PathInContainer"] = d.ContainerPath, ["CgroupPermissions"] = d.Access })]),
    };

    private static JsonNode Mount(MountSpec mount) => new JsonObject
    {
        ["Type"] = mount.Kind.ToString().ToLowerInvariant(),
        ["Name"] = mount.Kind == MountKind.Volume ? mount.Source : "",
        ["Source"] = mount.Source,
        ["Destination"] = mount.Target,
        ["Mode"] = mount.ReadOnly ? "ro" : "",
        ["RW"] = !mount.ReadOnly,
        ["Propagation"] = mount.Propagation.Length == 0 ? "rprivate" : mount.Propagation,
    };

    private static JsonObject Networks(ContainerRecord record) => new()
    {
        ["Ports"] = Ports(record.State.Ports),
        ["Networks"] = new JsonObject(record.State.Endpoints.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)new JsonObject
        {
            ["IPAddress"] = e.Value.Ipv4,
            ["IPPrefixLen"] = e.Value.Ipv4PrefixLength,
            ["Gateway"] = e.Value.Gateway,
            ["MacAddress"] = e.Value.MacAddress,
            ["GlobalIPv6Address"] = e.Value.Ipv6,
            ["GlobalIPv6PrefixLen"] = e.Value.Ipv6PrefixLength,
            ["Aliases"] = ContainerArguments.ToJson(record.Spec.Network.Attachments.Where(a => a.Network == e.Key).SelectMany(a => a.Aliases)),
        }))),
        ["IPAddress"] = record.State.Endpoints.Values.FirstOrDefault()?.Ipv4 ?? "",
    };

    private static JsonObject Ports(IReadOnlyList<PortMapping> ports) => new(ports
        .GroupBy(p => string.Create(CultureInfo.InvariantCulture, $"{p.ContainerPort}/{p.Protocol}"), StringComparer.Ordinal)
        .Select(g => KeyValuePair.Create(g.Key, (JsonNode?)new JsonArray([.. g.Select(p => (JsonNode)new JsonObject { ["HostIp"] = p.HostAddress, ["HostPort"] = p.HostPort.ToString(CultureInfo.InvariantCulture) })]))));

    private static string Time(DateTimeOffset? time) => (time ?? DateTimeOffset.MinValue).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z", CultureInfo.InvariantCulture);
}
