using System.CommandLine;
using System.Globalization;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>What a container may use.</summary>
internal sealed class ResourceOptions
{
    private const long LeastMemory = 6 * 1024 * 1024;

    private readonly Option<string?> _memory = new("--memory", "-m") { Description = "Memory, such as 512m", HelpName = "SIZE" };
    private readonly Option<string?> _swap = new("--memory-swap") { Description = "Memory and swap together; -1 for unlimited", HelpName = "SIZE" };
    private readonly Option<string?> _reservation = new("--memory-reservation") { Description = "Memory that it keeps when it is short", HelpName = "SIZE" };
    private readonly Option<string?> _cpus = new("--cpus") { Description = "Processors, such as 1.5", HelpName = "N" };
    private readonly Option<long?> _shares = new("--cpu-shares", "-c") { Description = "Its weight among others, 1024 by default", HelpName = "N" };
    private readonly Option<long?> _period = new("--cpu-period") { Description = "Microseconds of a period", HelpName = "N" };
    private readonly Option<long?> _quota = new("--cpu-quota") { Description = "Microseconds in a period", HelpName = "N" };
    private readonly Option<string?> _cpuset = new("--cpuset-cpus") { Description = "On which processors, such as 0-2,4", HelpName = "LIST" };
    private readonly Option<string?> _mems = new("--cpuset-mems") { Description = "On which memory nodes", HelpName = "LIST" };
    private readonly Option<long?> _pids = new("--pids-limit") { Description = "Processes and threads; -1 for unlimited", HelpName = "N" };
    private readonly Option<int?> _blkio = new("--blkio-weight") { Description = "Weight of its block I/O, 10 to 1000", HelpName = "N" };
    private readonly Option<int?> _oom = new("--oom-score-adj") { Description = "-1000 to 1000", HelpName = "N" };
    private readonly Option<bool> _oomDisable = new("--oom-kill-disable") { Description = "Wait instead of being killed when memory is short" };
    private readonly Option<string[]> _ulimits = new("--ulimit") { Description = "NAME=SOFT[:HARD]", HelpName = "LIMIT" };
    private readonly Option<string[]> _devices = new("--device") { Description = "A device of the host: PATH[:PATH[:rwm]]", HelpName = "DEVICE" };
    private readonly Option<string?> _shm = new("--shm-size") { Description = "Size of /dev/shm, 64m by default", HelpName = "SIZE" };

    /// <summary>Those that update takes, too.</summary>
    public IEnumerable<Option> Changeable => [_memory, _swap, _reservation, _cpus, _shares, _period, _quota, _cpuset, _mems, _pids, _blkio];

    public IEnumerable<Option> All => [.. Changeable, _oom, _oomDisable, _ulimits, _devices, _shm];

    /// <summary>Those that docker's build takes.</summary>
    public IEnumerable<Option> OfBuilds => [_memory, _swap, _shares, _period, _quota, _cpuset, _mems, _ulimits, _shm];

    public ResourceLimits Of(ParseResult parsed) => Over(new ResourceLimits(), parsed) with
    {
        OomScoreAdj = parsed.GetValue(_oom) is not { } score ? 0 : score is >= -1000 and <= 1000 ? score : throw new UsageException($"invalid value {score}, range for oom score adj is [-1000, 1000]"),
        OomKillDisable = parsed.GetValue(_oomDisable),
    };

    /// <summary>What was asked for over what there is.</summary>
    public ResourceLimits Over(ResourceLimits limits, ParseResult parsed)
    {
        var changed = limits with
        {
            Memory = Bytes(parsed, _memory) ?? limits.Memory,
            MemorySwap = parsed.GetValue(_swap) == "-1" ? -1 : Bytes(parsed, _swap) ?? limits.MemorySwap,
            MemoryReservation = Bytes(parsed, _reservation) ?? limits.MemoryReservation,
            NanoCpus = parsed.GetValue(_cpus) is { } cpus ? Cpus(cpus) : limits.NanoCpus,
            CpuShares = parsed.GetValue(_shares) ?? limits.CpuShares,
            CpuPeriod = parsed.GetValue(_period) ?? limits.CpuPeriod,
            CpuQuota = parsed.GetValue(_quota) ?? limits.CpuQuota,
            CpusetCpus = parsed.GetValue(_cpuset) ?? limits.CpusetCpus,
            CpusetMems = parsed.GetValue(_mems) ?? limits.CpusetMems,
            PidsLimit = parsed.GetValue(_pids) ?? limits.PidsLimit,
            BlkioWeight = parsed.GetValue(_blkio) is { } weight ? weight is 0 or (>= 10 and <= 1000) ? weight : throw new UsageException("Range of blkio weight is from 10 to 1000") : limits.BlkioWeight,
        };
        if (changed.Memory is > 0 and < LeastMemory) throw new UsageException("Minimum memory limit allowed is 6MB");
        if (changed is { MemorySwap: > 0, Memory: > 0 } && changed.MemorySwap < changed.Memory) throw new UsageException("Minimum memoryswap limit should be larger than memory limit, see usage");
        if (changed is { NanoCpus: > 0 } && (parsed.GetValue(_quota) ?? 0) > 0) throw new UsageException("Conflicting options: Nano CPUs and CPU Quota cannot both be set");
        return changed;
    }

    public IReadOnlyList<Ulimit> Ulimits(ParseResult parsed) => [.. (parsed.GetValue(_ulimits) ?? []).Select(u => ContainerArguments.Parse(() => UlimitText.Parse(u)))];

    public IReadOnlyList<DeviceSpec> Devices(ParseResult parsed) => [.. (parsed.GetValue(_devices) ?? []).Select(Device)];

    public long ShmSize(ParseResult parsed) => Bytes(parsed, _shm) ?? new ContainerSpec().ShmSize;

    private static DeviceSpec Device(string text)
    {
        static bool IsAccess(string part) => part.Length is > 0 and <= 3 && !part.AsSpan().ContainsAnyExcept("rwm");
        return text.Split(':') switch
        {
            [var path] => new DeviceSpec(path, path),
            [var path, var access] when IsAccess(access) => new DeviceSpec(path, path, access),
            [var path, var target] => new DeviceSpec(path, target),
            [var path, var target, var access] when IsAccess(access) => new DeviceSpec(path, target, access),
            _ => throw new UsageException($"invalid device specification: {text}", "write PATH[:PATH[:rwm]]"),
        };
    }

    private static long? Bytes(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } text ? ContainerArguments.ToBytes(text, option.Name) : null;

    private static long Cpus(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus) && cpus is >= 0 and < 100_000
        ? (long)(cpus * 1_000_000_000)
        : throw new UsageException($"invalid argument \"{text}\" for --cpus: failed to parse {text} as a rational number");
}
