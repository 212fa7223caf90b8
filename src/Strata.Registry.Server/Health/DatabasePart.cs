namespace Strata.Registry.Server;

/// <summary>The database answers, and its writer takes writes.</summary>
internal sealed class DatabasePart(RegistryDatabase database) : IHealthPart
{
    public string Name => "database";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        _ = database.Read(1, static (r, most) => r.Repositories("", most));
        _ = await database.WriteAsync(static _ => true, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
