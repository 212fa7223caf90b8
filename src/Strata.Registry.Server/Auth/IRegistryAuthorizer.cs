using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Decides who may do what. The registry declares it; whoever has accounts implements it. Without one, everything is allowed.</summary>
public interface IRegistryAuthorizer
{
    ValueTask<AccessAnswer> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// The WWW-Authenticate header that goes with a decision, or null. The base end-point asks for one to send with its 200 too: clients of
    /// the containers/image family learn there, and only there, that credentials may be sent.
    /// </summary>
    string? Challenge(HttpRequest http, AccessRequest request, AccessDecision decision);

    /// <summary>Which repositories a list may name to this client; null for all.</summary>
    ValueTask<Predicate<string>?> VisibleAsync(AccessRequest request, CancellationToken cancellationToken);
}
