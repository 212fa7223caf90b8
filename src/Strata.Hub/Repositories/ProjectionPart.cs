using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>The search agrees with the registry.</summary>
internal sealed class ProjectionPart(Projection projection) : IHealthPart
{
    public string Name => "search";

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken) => new(projection.IsReady ? null : "reading the registry");
}
