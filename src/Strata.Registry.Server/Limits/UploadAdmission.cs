namespace Strata.Registry.Server;

/// <summary>Whether an upload may begin, and its bytes come in.</summary>
internal sealed class UploadAdmission(LimitOptions limits, DiskReserve disk)
{
    private int _receiving;

    public RegistryFault? Begin() => disk.IsKept ? null : RegistryFault.StorageFull();

    /// <summary>Asks for room for a body, before any of it is read.</summary>
    /// <param name="have">Bytes that the upload has.</param>
    /// <param name="length">Bytes that the request promises, if it does.</param>
    /// <param name="reception">The body's place; the caller gives it up when all has come.</param>
    public RegistryFault? Receive(long have, long? length, out Reception reception)
    {
        reception = new Reception(limits.MaxBlobSize, disk, Leave);
        if (Interlocked.Increment(ref _receiving) > limits.UploadsAtOnce)
        {
            return RegistryFault.TooManyRequests($"{limits.UploadsAtOnce} uploads are under way, and no more are taken at once", seconds: 1);
        }
        return reception.Promise(have, length ?? 0);
    }

    private void Leave() => Interlocked.Decrement(ref _receiving);
}
