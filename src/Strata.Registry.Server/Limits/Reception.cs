namespace Strata.Registry.Server;

/// <summary>A body that is coming in: checked as it comes, because it may be longer than was said, or not say how long it is.</summary>
internal sealed class Reception(long? maxBlobSize, NamespaceRoom room, DiskReserve disk, Action leave) : IDisposable
{
    /// <summary>How much may come between two looks at the disk.</summary>
    private const long Unseen = 4 * 1024 * 1024;

    private long _promised;
    private long _unseen;

    /// <summary>Why no more is taken; null as long as it is.</summary>
    public RegistryFault? Fault { get; private set; }

    public RegistryFault? Promise(long have, long more)
    {
        if (Excess(have + more) is { } fault) return Fault = fault;
        if (!disk.HasRoomFor(more)) return Fault = RegistryFault.StorageFull();
        disk.Promise(more);
        _promised = more;
        return null;
    }

    /// <summary>False when the bytes are not to be written; <see cref="Fault"/> says why.</summary>
    public bool Admits(long have, long more)
    {
        Fault = Excess(have + more);
        if (Fault is not null) return false;
        var kept = Math.Min(more, _promised);
        _promised -= kept;
        disk.TakeBack(kept);
        _unseen += more - kept;
        if (_unseen < Unseen) return true;
        _unseen = 0;
        if (disk.HasRoomFor(more)) return true;
        Fault = RegistryFault.StorageFull();
        return false;
    }

    private RegistryFault? Excess(long size)
    {
        if (size > maxBlobSize) return RegistryFault.BlobTooLarge(maxBlobSize.Value);
        return room.Holds(size) ? null : RegistryFault.QuotaExceeded(room, size);
    }

    public void Dispose()
    {
        disk.TakeBack(_promised);
        leave();
    }
}
