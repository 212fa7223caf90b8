using System.Text.Json;
using Strata.Containers.Records;
using Strata.Containers.Rootfs;

namespace Strata.Containers.Runtime;

/// <summary>Writes what the runtime is told of a container: its bundle. The root file system must be mounted, since names of users are looked up in it.</summary>
internal sealed class Bundle(ContainerFolder folder, ContainerRecord record, Action<string> warn)
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private const string InitTarget = "/sbin/docker-init";

    /// <summary>Programs that do nothing but reap and hand signals on; those without libraries first, since the image may have none.</summary>
    private static readonly string[] Inits = ["/usr/bin/catatonit", "/usr/bin/tini-static", "/usr/libexec/podman/catatonit"];

    private ContainerSpec Spec => record.Spec;

    /// <param name="network">How the network namespace is: a path, empty for a new one, null for the host's.</param>
    /// <param name="volumes">Where volumes lie, by their targets.</param>
    public void Write(string? network, IReadOnlyDictionary<string, string> volumes, Func<string, int> pidOf)
    {
        var capabilities = Capabilities.Of(Spec.Security);
        var user = ResolvedUser.Of(folder.Root, Spec.User, Spec.Groups);
        var devices = new DeviceList(Spec);
        var mounts = new MountList(folder, Spec, volumes).All();
        if (Spec.Init) mounts.Add(new RuntimeMount(InitTarget, "bind", FindInit(), ["bind", "ro"]));
        var config = new RuntimeSpec
        {
            Process = new RuntimeProcess
            {
                Terminal = Spec.Tty,
                User = new RuntimeUser(user.Uid, user.Gid, user.Groups.Count > 0 ? user.Groups : null),
                Args = Arguments(),
                Env = Environment(record, user),
                Cwd = Spec.WorkingDir.Length == 0 ? "/" : Spec.WorkingDir,
                Capabilities = Of(capabilities, user.Uid),
                Rlimits = ResourceLimit.Of(Spec.Ulimits, warn),
                NoNewPrivileges = Spec.Security.NoNewPrivileges,
                OomScoreAdj = Spec.Resources.OomScoreAdj == 0 ? null : Spec.Resources.OomScoreAdj,
            },
            Root = new RuntimeRoot(folder.Root, Spec.Security.ReadOnlyRoot),
            Hostname = Spec.UtsMode == "host" ? null : Hostname(record),
            Mounts = mounts,
            Linux = new RuntimeLinux
            {
                Namespaces = Namespaces(network, pidOf),
                CgroupsPath = Cgroups.PathOf(record.Id),
                Resources = Cgroups.Resources(Spec.Resources, devices.Rules, warn),
                Devices = devices.Nodes,
                Sysctl = Sysctls(network),
                Seccomp = Spec.Security.Privileged || Spec.Security.Seccomp == "unconfined" ? null : SeccompProfile.Of(Spec.Security.Seccomp, [.. capabilities]),
                MaskedPaths = IsOpen ? null : KernelPaths.Masked,
                ReadonlyPaths = IsOpen ? null : KernelPaths.ReadOnly,
                RootfsPropagation = Spec.Mounts.Any(m => m.Propagation.EndsWith("shared", StringComparison.Ordinal) || m.Propagation.EndsWith("slave", StringComparison.Ordinal)) ? "rslave" : null,
            },
        };
        File.WriteAllBytes(folder.Config, JsonSerializer.SerializeToUtf8Bytes(config, RuntimeJson.Default.RuntimeSpec));
    }

    /// <summary>The name that the container has for itself.</summary>
    public static string Hostname(ContainerRecord record) => record.Spec.Hostname.Length > 0 ? record.Spec.Hostname
        : record.Spec.Network.Mode == "host" ? System.Environment.MachineName : record.ShortId;

    /// <summary>What runtimes take for a process: an ordinary user has no power of root's, unless by a set-id program.</summary>
    public static RuntimeCapabilities Of(IReadOnlyList<string> capabilities, uint uid) =>
        uid == 0 ? new RuntimeCapabilities(capabilities, capabilities, capabilities, []) : new RuntimeCapabilities(capabilities, [], [], []);

    /// <summary>As docker has it: a PATH and a HOME where nobody says otherwise, the host's name, and what was asked for.</summary>
    public static IReadOnlyList<string> Environment(ContainerRecord record, ResolvedUser user, bool? tty = null)
    {
        List<string> before = [DefaultPath, $"HOSTNAME={Hostname(record)}"];
        if (tty ?? record.Spec.Tty) before.Add("TERM=xterm");
        before.Add($"HOME={user.Home}");
        var named = record.Spec.Env.Select(Name).ToHashSet(StringComparer.Ordinal);
        return [.. before.Where(b => !named.Contains(Name(b))), .. record.Spec.Env];
    }

    private static string Name(string variable) => variable.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? variable[..end] : variable;

    private bool IsOpen => Spec.Security.Privileged || Spec.Security.UnconfinedPaths;

    private IReadOnlyList<string> Arguments()
    {
        string[] arguments = [.. Spec.Entrypoint, .. Spec.Command];
        if (arguments.Length == 0) throw new ContainerException("No command specified", "the image has none; name one behind the image");
        return Spec.Init ? [InitTarget, "--", .. arguments] : arguments;
    }

    private static string FindInit() => Array.Find(Inits, File.Exists)
        ?? throw new ContainerException("there is no init to put into the container", "apt-get install catatonit, or tini");

    private IReadOnlyDictionary<string, string>? Sysctls(string? network)
    {
        var sysctls = new Dictionary<string, string>(Spec.Sysctls, StringComparer.Ordinal);
        // As docker: in a network of its own no port is so low that it needs root.
        if (network is not null && !Spec.Network.Mode.StartsWith("container:", StringComparison.Ordinal)) sysctls.TryAdd("net.ipv4.ip_unprivileged_port_start", "0");
        return sysctls.Count == 0 ? null : sysctls;
    }

    private IReadOnlyList<RuntimeNamespace> Namespaces(string? network, Func<string, int> pidOf)
    {
        var namespaces = new List<RuntimeNamespace> { new("mount") };
        void Add(string type, string link, string mode)
        {
            if (mode == "host") return;
            namespaces.Add(mode.StartsWith("container:", StringComparison.Ordinal) ? new RuntimeNamespace(type, $"/proc/{pidOf(mode["container:".Length..])}/ns/{link}") : new RuntimeNamespace(type));
        }
        Add("pid", "pid", Spec.PidMode);
        Add("ipc", "ipc", Spec.IpcMode);
        Add("uts", "uts", Spec.UtsMode);
        if (network is not null) namespaces.Add(new RuntimeNamespace("network", network.Length == 0 ? null : network));
        if (Cgroups.IsUnified) namespaces.Add(new RuntimeNamespace("cgroup"));
        return namespaces;
    }
}
