using Microsoft.AspNetCore.Http;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>
/// A hub without accounts: anybody may do anything, but only the publisher may change official repositories. Wrong credentials are refused
/// even where none are needed, so that a mistyped password is noticed at once.
/// </summary>
internal sealed class OpenModeAuthorizer(PublisherSecret secret) : IRegistryAuthorizer
{
    public ValueTask<AccessAnswer> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken) => new(Decide(request));

    public string Challenge(HttpRequest http, AccessRequest request, AccessDecision decision) => "Basic realm=\"Strata hub\"";

    public ValueTask<Predicate<string>?> VisibleAsync(AccessRequest request, CancellationToken cancellationToken) => new((Predicate<string>?)null);

    private AccessDecision Decide(AccessRequest request)
    {
        var isPublisher = false;
        if (request.Authorization is { } header)
        {
            if (!BasicCredentials.TryParse(header, out var credentials)) return AccessDecision.Unauthenticated;
            isPublisher = !credentials.IsNobody && secret.Matches(credentials.User, credentials.Password);
            if (!isPublisher && !credentials.IsNobody) return AccessDecision.Unauthenticated;
        }
        // Whoever may read the data folder administers the hub.
        if (request.Action == RegistryAction.Administer) return isPublisher ? AccessDecision.Allowed : AccessDecision.Unauthenticated;
        var changes = request.Action is RegistryAction.Push or RegistryAction.Delete;
        return changes && !isPublisher && Namespaces.IsOfficial(request.Repository!) ? AccessDecision.Unauthenticated : AccessDecision.Allowed;
    }
}
