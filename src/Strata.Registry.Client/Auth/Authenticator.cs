using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Strata.Registry.Client.Auth;

/// <summary>Answers challenges, and remembers the answer for the registry and scope. Credentials go to the registry they are for, and to its token service.</summary>
internal sealed class Authenticator(HttpClient http, ICredentialSource credentials)
{
    private readonly ConcurrentDictionary<(string Registry, string Scope), AuthenticationHeaderValue> _known = new();

    /// <summary>What to send before being asked, if a request of this scope was answered before.</summary>
    public AuthenticationHeaderValue? Known(string registry, string scope) =>
        _known.GetValueOrDefault((registry, scope)) ?? _known.GetValueOrDefault((registry, ""));

    /// <summary>An answer to the challenge, or null when there is none to give.</summary>
    public async Task<AuthenticationHeaderValue?> AnswerAsync(
        string registry, string scope, AuthChallenge challenge, CancellationToken cancellationToken)
    {
        var credential = await credentials.FindAsync(registry, cancellationToken).ConfigureAwait(false);
        if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            if (credential is null) return null;
            var basic = Basic(credential);
            _known[(registry, "")] = basic;
            return basic;
        }
        var token = await FetchTokenAsync(challenge, scope, credential, cancellationToken).ConfigureAwait(false);
        if (token is null) return null;
        var bearer = new AuthenticationHeaderValue("Bearer", token);
        _known[(registry, scope)] = bearer;
        return bearer;
    }

    public void Forget(string registry, string scope)
    {
        _known.TryRemove((registry, scope), out _);
        _known.TryRemove((registry, ""), out _);
    }

    private async Task<string?> FetchTokenAsync(AuthChallenge challenge, string scope, Credential? credential, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(challenge["realm"], UriKind.Absolute, out var realm) || realm.Scheme is not ("http" or "https"))
            throw new RegistryException("the registry names no usable token service (the realm of its challenge)", "this is for the registry's operator to mend");
        var service = challenge["service"] ?? "";
        // The registry knows what the request needs, and we what comes after it.
        var wanted = string.Join(' ', $"{challenge["scope"]} {scope}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal));
        using var request = credential is { IsToken: true }
            ? RefreshRequest(realm, service, wanted, credential)
            : AccessRequest(realm, service, wanted, credential);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            if ((int)response.StatusCode is 401 or 403) return null;
            throw new RegistryException($"the token service {realm.Host} answered {(int)response.StatusCode}", "try again later");
        }
        var body = await BoundedContent.ReadAsync(response.Content, 1024 * 1024, "the token service's answer", cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = JsonSerializer.Deserialize(body, RegistryJson.Default.TokenAnswer);
            return answer?.Token ?? answer?.AccessToken;
        }
        catch (JsonException e)
        {
            throw new RegistryException($"the token service {realm.Host} answered with something else than JSON", "this is for its operator to mend", e);
        }
    }

    private static HttpRequestMessage AccessRequest(Uri realm, string service, string scope, Credential? credential)
    {
        var query = new StringBuilder(realm.Query.Length > 1 ? realm.Query[1..] + "&" : "");
        query.Append("service=").Append(Uri.EscapeDataString(service));
        foreach (var one in scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)) query.Append("&scope=").Append(Uri.EscapeDataString(one));
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString() }.Uri);
        if (credential is not null) request.Headers.Authorization = Basic(credential);
        return request;
    }

    private static HttpRequestMessage RefreshRequest(Uri realm, string service, string scope, Credential credential) => new(HttpMethod.Post, realm)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "refresh_token",
            ["service"] = service,
            ["scope"] = scope,
            ["client_id"] = "strata",
            ["refresh_token"] = credential.Password,
        }),
    };

    private static AuthenticationHeaderValue Basic(Credential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}")));
}
