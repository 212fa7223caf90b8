namespace Strata.Registry.Server;

/// <summary>
/// The room on the disk that no push may use. Bytes that clients have promised and not yet sent count as used: ten pushes that would each
/// fit do not begin when they do not fit together.
/// </summary>
internal sealed class DiskReserve(string folder, long reserve)
{
    /// <summary>ENOSPC, as an exception has it.</summary>
    public const int NoSpace = 28;

    private readonly DriveInfo _disk = new(folder);
    private long _promised;

    public long Free => _disk.AvailableFreeSpace;

    public bool IsKept => HasRoomFor(0);

    public bool HasRoomFor(long bytes) => Free - Interlocked.Read(ref _promised) - bytes >= reserve;

    /// <summary>Counts bytes that are to come; each is taken back when it has come, or will not.</summary>
    public void Promise(long bytes) => Interlocked.Add(ref _promised, bytes);

    public void TakeBack(long bytes) => Interlocked.Add(ref _promised, -bytes);
}
