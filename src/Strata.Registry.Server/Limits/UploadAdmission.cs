using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Whether an upload may begin, and its bytes come in.</summary>
internal sealed class UploadAdmission(LimitOptions limits, DiskReserve disk, Quotas quotas)
{
    private int _receiving;

    /// <summary>How long the upload will be is not known yet: there must be room for something.</summary>
    public RegistryFault? Begin(string repository)
    {
        if (!disk.IsKept) return RegistryFault.StorageFull();
        var room = quotas.RoomOf(repository);
        return room.Left > 0 ? null : RegistryFault.QuotaExceeded(room, more: null);
    }

    /// <summary>Asks for room for a body, before any of it is read.</summary>
    /// <param name="repository">Where the upload goes.</param>
    /// <param name="digest">What it will be, where that has been said.</param>
    /// <param name="have">Bytes that the upload has.</param>
    /// <param name="length">Bytes that the request promises, if it does.</param>
    /// <param name="reception">The body's place; the caller gives it up when all has come.</param>
    public RegistryFault? Receive(string repository, Digest? digest, long have, long? length, out Reception reception)
    {
        var room = digest is { } known ? quotas.RoomOf(repository, known) : quotas.RoomOf(repository);
        reception = new Reception(limits.MaxBlobSize, room, disk, Leave);
        if (Interlocked.Increment(ref _receiving) > limits.UploadsAtOnce)
        {
            return RegistryFault.TooManyRequests($"{limits.UploadsAtOnce} uploads are under way, and no more are taken at once", seconds: 1);
        }
        return reception.Promise(have, length ?? 0);
    }

    private void Leave() => Interlocked.Decrement(ref _receiving);
}
