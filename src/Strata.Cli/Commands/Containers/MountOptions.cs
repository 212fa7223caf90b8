using System.CommandLine;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>What is mounted into a container.</summary>
internal sealed class MountOptions
{
    private readonly Option<string[]> _volumes = new("--volume", "-v") { Description = "A folder or a volume: [SOURCE:]TARGET[:ro]", HelpName = "MOUNT" };
    private readonly Option<string[]> _mounts = new("--mount") { Description = "type=bind|volume|tmpfs,source=...,target=...", HelpName = "MOUNT" };
    private readonly Option<string[]> _tmpfs = new("--tmpfs") { Description = "A file system in memory: TARGET[:OPTIONS]", HelpName = "MOUNT" };

    public IEnumerable<Option> All => [_volumes, _mounts, _tmpfs];

    public IReadOnlyList<MountSpec> Of(ParseResult parsed) => ContainerArguments.Parse<IReadOnlyList<MountSpec>>(() =>
    [
        .. (parsed.GetValue(_volumes) ?? []).Select(MountText.ParseVolume),
        .. (parsed.GetValue(_mounts) ?? []).Select(MountText.ParseMount),
        .. (parsed.GetValue(_tmpfs) ?? []).Select(MountText.ParseTmpfs),
    ]);
}
