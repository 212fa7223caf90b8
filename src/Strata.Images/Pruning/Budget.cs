namespace Strata.Images;

/// <summary>How much the store may hold, in the words of BuildKit and of docker's garbage collector. What is not said does not matter.</summary>
public sealed record Budget
{
    /// <summary>The most that the store may take.</summary>
    public DiskAmount? MaxUsedSpace { get; init; }

    /// <summary>What the store may always take, whatever else is said. Alone, it is what the store is brought down to.</summary>
    public DiskAmount? ReservedSpace { get; init; }

    /// <summary>What should stay free on the disk.</summary>
    public DiskAmount? MinFreeSpace { get; init; }

    /// <summary>What was used within this time stays. Alone, all that was not goes.</summary>
    public TimeSpan? KeepDuration { get; init; }

    public bool IsEmpty => this == new Budget();

    /// <summary>Bytes that a store which takes <paramref name="used"/> may go on to take on such a disk; never more than all there can be.</summary>
    public long Limit(long used, DiskSpace disk)
    {
        var limit = MaxUsedSpace?.Bytes(disk.Total) ?? long.MaxValue;
        if (MinFreeSpace?.Bytes(disk.Total) - disk.Free is > 0 and var lacking) limit = Math.Min(limit, used - lacking);
        var reserved = Reserved(disk);
        if (MaxUsedSpace is null && MinFreeSpace is null) limit = reserved;
        return Math.Max(limit, reserved);
    }

    public long Reserved(DiskSpace disk) => ReservedSpace?.Bytes(disk.Total) ?? 0;
}

/// <summary>A disk, in bytes.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct DiskSpace(long Total, long Free)
{
    public static DiskSpace Of(string folder)
    {
        var drive = new DriveInfo(folder);
        return new DiskSpace(drive.TotalSize, drive.AvailableFreeSpace);
    }
}
