namespace Strata.Registry.Server;

internal sealed class DrainPart(Drain drain) : IHealthPart
{
    public string Name => "drain";

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken) => new(drain.HasBegun ? "stopping: what runs is finished" : null);
}
