namespace Strata.Registry.Server;

/// <summary>Lets everybody do everything: a registry without accounts.</summary>
internal sealed class OpenAuthorizer : IRegistryAuthorizer
{
    public string? Challenge => null;

    public ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken) => new(AccessDecision.Allowed);
}
