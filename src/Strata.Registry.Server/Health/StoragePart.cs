namespace Strata.Registry.Server;

/// <summary>The data folder can be written to.</summary>
internal sealed class StoragePart(RegistryOptions options) : IHealthPart
{
    public string Name => "storage";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(options.DataFolder, "ready.probe");
        await File.WriteAllBytesAsync(file, "ready"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        File.Delete(file);
        return null;
    }
}
