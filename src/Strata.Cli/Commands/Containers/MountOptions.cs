using System.CommandLine;
using Strata.Containers;
using Strata.Containers.Volumes;

namespace Strata.Cli.Commands.Containers;

/// <summary>What is mounted into a container.</summary>
internal sealed class MountOptions
{
    private readonly Option<string[]> _volumes = new("--volume", "-v") { Description = "A folder or a volume: [SOURCE:]TARGET[:ro]", HelpName = "MOUNT" };
    private readonly Option<string[]> _mounts = new("--mount") { Description = "type=bind|volume|tmpfs,source=...,target=...", HelpName = "MOUNT" };
    private readonly Option<string[]> _tmpfs = new("--tmpfs") { Description = "A file system in memory: TARGET[:OPTIONS]", HelpName = "MOUNT" };

    public IEnumerable<Option> All => [_volumes, _mounts, _tmpfs];

    public IReadOnlyList<MountSpec> Of(ParseResult parsed) =>
    [
        .. (parsed.GetValue(_volumes) ?? []).Select(v => MountFlags.ParseVolume(v, Environment.CurrentDirectory)),
        .. (parsed.GetValue(_mounts) ?? []).Select(m => MountFlag.Parse(m, Environment.CurrentDirectory)),
        .. (parsed.GetValue(_tmpfs) ?? []).Select(MountFlags.ParseTmpfs),
    ];
}
