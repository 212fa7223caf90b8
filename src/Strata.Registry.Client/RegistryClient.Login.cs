using System.Net;
using System.Net.Http.Headers;
using Strata.Registry.Client.Auth;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    /// <summary>
    /// Asks a registry whether it accepts a credential, by its <c>/v2/</c>: with what it challenges for, a password or a token; with the
    /// password where it lets anybody in. Distribution spec, "Determining Support".
    /// </summary>
    /// <returns>False when user name or password are wrong.</returns>
    /// <exception cref="RegistryException">It cannot be reached, or is no registry.</exception>
    public async Task<bool> AcceptsAsync(string registry, Credential credential, CancellationToken cancellationToken)
    {
        var authenticator = new Authenticator(_http, new GivenCredential(credential));
        AuthenticationHeaderValue? answer = null;
        using (var open = await AskAsync(registry, authorization: null, cancellationToken).ConfigureAwait(false))
        {
            if (open.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized))
                throw await RefusedAsync(open, registry, "to say who may log in", "check that a registry answers at this address", cancellationToken).ConfigureAwait(false);
            var challenge = open.StatusCode == HttpStatusCode.Unauthorized ? AuthChallenge.Of(open) : AuthChallenge.Password;
            if (challenge is null)
                throw new RegistryException($"{registry} asks for a kind of log-in that is not known here", "passwords and tokens are: ask the registry's operator");
            answer = await authenticator.AnswerAsync(registry, scope: "", challenge, cancellationToken).ConfigureAwait(false);
        }
        if (answer is null) return false;
        using var asked = await AskAsync(registry, answer, cancellationToken).ConfigureAwait(false);
        if (asked.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return false;
        if (asked.StatusCode == HttpStatusCode.OK) return true;
        throw await RefusedAsync(asked, registry, "the log-in", null, cancellationToken).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> AskAsync(string registry, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var address = new Uri(_hosts.ForWriting(registry), "v2/");
        return FollowAsync(registry, () => new HttpRequestMessage(HttpMethod.Get, address), authorization, cancellationToken);
    }

    private sealed class GivenCredential(Credential credential) : ICredentialSource
    {
        public Task<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => Task.FromResult<Credential?>(credential);
    }
}
