using System.Net;

namespace Strata.Registry.Server;

/// <summary>What a client wants to do.</summary>
/// <param name="Action">The kind of access.</param>
/// <param name="Repository">The repository's name, valid; null for <see cref="RegistryAction.Enter"/> and <see cref="RegistryAction.List"/>.</param>
/// <param name="Authorization">The Authorization header as it came, or null. Never log it.</param>
public readonly record struct AccessRequest(RegistryAction Action, string? Repository, string? Authorization)
{
    /// <summary>
    /// The repository's name as the client has it, which its token is for. It is another one where the client takes this registry for a mirror,
    /// and leaves the mirror's name out.
    /// </summary>
    public string Asked { get; init; } = "";

    /// <summary>Host and port as the client names them: whom a token is for.</summary>
    public string Host { get; init; } = "";

    /// <summary>Where the request comes from.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>
    /// When the upload that this request goes on with began; null for every other request. An upload that was let in when it began need not
    /// end because its token did in the meantime.
    /// </summary>
    public DateTimeOffset? UploadStarted { get; init; }
}
