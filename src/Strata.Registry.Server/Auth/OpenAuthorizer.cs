using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Lets everybody do everything: a registry without accounts.</summary>
internal sealed class OpenAuthorizer : IRegistryAuthorizer
{
    public ValueTask<AccessAnswer> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken) => new(AccessDecision.Allowed);

    public string? Challenge(HttpRequest http, AccessRequest request, AccessDecision decision) => null;

    public ValueTask<Predicate<string>?> VisibleAsync(AccessRequest request, CancellationToken cancellationToken) => new((Predicate<string>?)null);
}
