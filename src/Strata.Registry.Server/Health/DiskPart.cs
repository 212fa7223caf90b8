namespace Strata.Registry.Server;

/// <summary>There is more room on the disk than its reserve.</summary>
internal sealed class DiskPart(DiskReserve disk, LimitOptions limits) : IHealthPart
{
    public string Name => "disk";

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken) => new(disk.IsKept
        ? null
        : $"{Bytes.Show(disk.Free)} are free, and the reserve is {Bytes.Show(limits.DiskReserve)}: pushes are refused, pulls go on");
}
