using Microsoft.AspNetCore.Http;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Where to get a token, and for what. Distribution's token spec, "How to authenticate"; RFC 6750, 3.</summary>
internal sealed class Challenges(AuthOptions options)
{
    public const string TokenPath = "/token";

    /// <summary>The registry's name for itself, which tokens are for.</summary>
    public string ServiceOf(string host) => options.PublicUrl is { } url ? url.Authority : host;

    public string Build(HttpRequest http, AccessRequest request, AccessDecision decision)
    {
        var origin = options.PublicUrl is { } url ? url.GetLeftPart(UriPartial.Authority) : $"{http.Scheme}://{http.Host.Value}";
        var challenge = $"Bearer realm=\"{origin}{TokenPath}\",service=\"{ServiceOf(request.Host)}\"";
        if (ScopeOf(http, request) is { } scope) challenge += $",scope=\"{scope}\"";
        return decision switch
        {
            AccessDecision.InvalidToken => challenge + ",error=\"invalid_token\"",
            AccessDecision.InsufficientScope => challenge + ",error=\"insufficient_scope\"",
            _ => challenge,
        };
    }

    private static string? ScopeOf(HttpRequest http, AccessRequest request) => request.Action switch
    {
        RegistryAction.List => "registry:catalog:*",
        RegistryAction.Pull or RegistryAction.Mount => $"repository:{request.Asked}:pull",
        RegistryAction.Push => $"repository:{request.Asked}:pull,push" + SourceOf(http),
        RegistryAction.Delete => $"repository:{request.Asked}:delete",
        _ => null,
    };

    /// <summary>A mount reads from another repository, and one token is to do for both.</summary>
    private static string SourceOf(HttpRequest http)
    {
        if (!http.Query.ContainsKey("mount")) return "";
        var from = http.Query["from"].ToString();
        return ReferenceGrammar.IsRepository(from) ? $" repository:{from}:pull" : "";
    }
}
