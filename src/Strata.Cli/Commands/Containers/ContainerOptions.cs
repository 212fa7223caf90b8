using System.CommandLine;
using Strata.Containers;
using Strata.Oci;

namespace Strata.Cli.Commands.Containers;

/// <summary>The options that run and create share: what the container is.</summary>
internal sealed class ContainerOptions
{
    private readonly Option<string?> _name = new("--name") { Description = "The container's name; made up without it" };
    private readonly Option<bool> _interactive = new("--interactive", "-i") { Description = "Keep standard input open" };
    private readonly Option<bool> _tty = new("--tty", "-t") { Description = "Give it a terminal" };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "NAME=VALUE, or NAME for our own", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _envFile = new("--env-file") { Description = "A file of such lines", HelpName = "FILE" };
    private readonly Option<string?> _user = new("--user", "-u") { Description = "Who it runs as: user[:group], names or numbers", HelpName = "USER" };
    private readonly Option<string[]> _groups = new("--group-add") { Description = "More groups", HelpName = "GROUP" };
    private readonly Option<string?> _folder = new("--workdir", "-w") { Description = "The folder it starts in", HelpName = "DIR" };
    private readonly Option<string?> _entrypoint = new("--entrypoint") { Description = "The program, instead of the image's", HelpName = "PROGRAM" };
    private readonly Option<string?> _hostname = new("--hostname", "-h") { Description = "Its name for itself", HelpName = "NAME" };
    private readonly Option<string?> _domain = new("--domainname") { Description = "The domain of that name", HelpName = "NAME" };
    private readonly Option<string[]> _labels = new("--label", "-l") { Description = "NAME=VALUE", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _labelFile = new("--label-file") { Description = "A file of labels", HelpName = "FILE" };
    private readonly Option<bool> _remove = new("--rm") { Description = "Remove it when it has ended" };
    private readonly Option<bool> _init = new("--init") { Description = "An init that reaps and hands signals on" };
    private readonly Option<string?> _restart = new("--restart") { Description = "no, always, unless-stopped, on-failure[:N]", HelpName = "POLICY" };
    private readonly Option<string?> _stopSignal = new("--stop-signal") { Description = "What asks it to stop", HelpName = "SIGNAL" };
    private readonly Option<int?> _stopTimeout = new("--stop-timeout") { Description = "Seconds before it is killed", HelpName = "SECONDS" };
    private readonly Option<string?> _runtime = new("--runtime") { Description = "runc or crun", HelpName = "PROGRAM" };
    private readonly Option<string?> _pid = new("--pid") { Description = "host, or container:NAME", HelpName = "MODE" };
    private readonly Option<string?> _ipc = new("--ipc") { Description = "host, private, or container:NAME", HelpName = "MODE" };
    private readonly Option<string?> _uts = new("--uts") { Description = "host", HelpName = "MODE" };
    private readonly Option<string?> _cgroupns = new("--cgroupns") { Description = "private or host", HelpName = "MODE" };
    private readonly Option<string?> _logDriver = new("--log-driver") { Description = "k8s-file, or none", HelpName = "DRIVER" };
    private readonly Option<string[]> _logOptions = new("--log-opt") { Description = "max-size=SIZE, max-file=N", HelpName = "NAME=VALUE" };
    private readonly SecurityOptions _security = new();
    private readonly ResourceOptions _resources = new();
    private readonly MountOptions _mounts = new();
    private readonly NetworkOptions _network = new();
    private readonly HealthOptions _health = new();

    public Option<string?> Platform { get; } = Arguments.PlatformOption();

    public Option<string> Pull { get; } = new("--pull") { Description = "always, missing or never", HelpName = "WHEN", DefaultValueFactory = _ => "missing" };

    public Option<string?> CidFile { get; } = new("--cidfile") { Description = "Write its ID to a new file", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
                 [
                     _name, _interactive, _tty, _env, _envFile, _user, _groups, _folder, _entrypoint, _hostname, _domain, _labels, _labelFile, _remove, _init, _restart,
                     _stopSignal, _stopTimeout, _runtime, _pid, _ipc, _uts, _cgroupns, _logDriver, _logOptions, Platform, Pull, CidFile,
                     .. _security.All, .. _resources.All, .. _mounts.All, .. _network.All, .. _health.All,
                 ]) command.Options.Add(option);
    }

    public bool IsInteractive(ParseResult parsed) => parsed.GetValue(_interactive);

    public bool IsRemoved(ParseResult parsed) => parsed.GetValue(_remove);

    public ContainerRequest ToRequest(ParseResult parsed, ImageUse image, ImageConfig config, IReadOnlyList<string> words, bool isDetached)
    {
        var entrypoint = parsed.GetValue(_entrypoint);
        var labels = ContainerArguments.ToMap((parsed.GetValue(_labelFile) ?? []).SelectMany(File.ReadLines).Where(l => l.Trim().Length > 0 && l[0] != '#').Concat(parsed.GetValue(_labels) ?? []), "--label");
        var restart = Restart(parsed.GetValue(_restart) ?? "no");
        if (IsRemoved(parsed) && restart.Name != "no") throw new UsageException("conflicting options: cannot specify both --restart and --rm");
        return new ContainerRequest
        {
            Name = parsed.GetValue(_name),
            Image = image,
            Config = config,
            Entrypoint = entrypoint is null ? null : entrypoint.Length == 0 ? [] : [entrypoint],
            Command = words,
            User = parsed.GetValue(_user),
            WorkingDir = Absolute(parsed.GetValue(_folder)),
            StopSignal = parsed.GetValue(_stopSignal),
            Health = _health.Of(parsed),
            NoHealth = _health.IsOff(parsed),
            Spec = new ContainerSpec
            {
                Env = [.. ContainerArguments.Environment(parsed.GetValue(_envFile) ?? [], parsed.GetValue(_env) ?? [])],
                Groups = parsed.GetValue(_groups) ?? [],
                Hostname = parsed.GetValue(_hostname) ?? "",
                DomainName = parsed.GetValue(_domain) ?? "",
                Labels = labels,
                Tty = parsed.GetValue(_tty),
                OpenStdin = parsed.GetValue(_interactive),
                StdinOnce = parsed.GetValue(_interactive) && !isDetached,
                StopTimeout = parsed.GetValue(_stopTimeout) ?? 10,
                Restart = restart,
                AutoRemove = IsRemoved(parsed),
                Mounts = _mounts.Of(parsed),
                Network = _network.Of(parsed),
                Security = _security.Of(parsed),
                Resources = _resources.Of(parsed),
                Ulimits = _resources.Ulimits(parsed),
                Devices = _resources.Devices(parsed),
                Sysctls = _security.Sysctls(parsed),
                ShmSize = _resources.ShmSize(parsed),
                Init = parsed.GetValue(_init),
                PidMode = Mode(parsed.GetValue(_pid)),
                IpcMode = Mode(parsed.GetValue(_ipc)),
                UtsMode = Mode(parsed.GetValue(_uts)),
                Runtime = parsed.GetValue(_runtime) ?? "runc",
                Log = Log(parsed),
            },
        };
    }

    private static string Mode(string? text) => text is null or "private" or "shareable" ? "" : text == "host" || text.StartsWith("container:", StringComparison.Ordinal) ? text
        : throw new UsageException($"invalid mode: {text}", "there are host and container:NAME");

    private static string? Absolute(string? folder) => folder is null || folder.StartsWith('/') ? folder
        : throw new UsageException($"the working directory '{folder}' is invalid, it needs to be an absolute path");

    private LogOptions Log(ParseResult parsed)
    {
        var options = ContainerArguments.ToMap(parsed.GetValue(_logOptions) ?? [], "--log-opt");
        var unknown = options.Keys.FirstOrDefault(k => k is not ("max-size" or "max-file"));
        if (unknown is not null) throw new UsageException($"unknown log opt '{unknown}'", "there are max-size and max-file");
        var driver = parsed.GetValue(_logDriver) ?? "k8s-file";
        if (driver is "json-file" or "local") driver = "k8s-file";
        if (driver is not ("k8s-file" or "none")) throw new UsageException($"unknown log driver '{driver}'", "there are k8s-file and none");
        return new LogOptions
        {
            Driver = driver,
            MaxSize = options.TryGetValue("max-size", out var size) ? ContainerArguments.ToBytes(size, "max-size") : 0,
            MaxFiles = options.TryGetValue("max-file", out var files) ? int.TryParse(files, out var n) && n > 0 ? n : throw new UsageException($"max-file cannot be '{files}'") : 1,
        };
    }

    internal static RestartPolicy Restart(string text)
    {
        var (name, count) = text.Split(':', 2) is [var n, var c] ? (n, c) : (text, "");
        if (name is not ("no" or "always" or "unless-stopped" or "on-failure")) throw new UsageException($"invalid restart policy: unknown policy '{name}'", "there are no, always, unless-stopped, on-failure[:N]");
        if (count.Length > 0 && name != "on-failure") throw new UsageException("invalid restart policy: maximum retry count can only be used with 'on-failure'");
        return new RestartPolicy(name, count.Length == 0 ? 0 : int.TryParse(count, out var most) && most >= 0 ? most : throw new UsageException($"invalid restart policy: '{count}' is no number"));
    }
}
