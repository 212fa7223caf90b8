namespace Strata.Registry.Server;

public enum RegistryAction
{
    /// <summary>The base end-point and the catalogue; no repository.</summary>
    Enter,
    Pull,
    Push,
    Delete,
}

public enum AccessDecision
{
    Allowed,

    /// <summary>401: credentials are missing or wrong.</summary>
    Unauthenticated,

    /// <summary>403: the credentials are good and this is not theirs to do.</summary>
    Denied,
}

/// <summary>What a client wants to do.</summary>
/// <param name="Action">The kind of access.</param>
/// <param name="Repository">The repository's name, valid; null for <see cref="RegistryAction.Enter"/>.</param>
/// <param name="Authorization">The Authorization header as it came, or null. Never log it.</param>
public readonly record struct AccessRequest(RegistryAction Action, string? Repository, string? Authorization);

/// <summary>Decides who may do what. The registry declares it; whoever has accounts implements it. Without one, everything is allowed.</summary>
public interface IRegistryAuthorizer
{
    /// <summary>
    /// The WWW-Authenticate header of a 401, or null. The base end-point sends it with its 200 too: clients of the containers/image
    /// family learn there, and only there, that credentials may be sent.
    /// </summary>
    string? Challenge { get; }

    ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken);
}
