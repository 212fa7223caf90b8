using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Strata.Registry.Server;

/// <summary>A request's path without what differs from one to the next, and what it wants to do. There are few of both, whatever people send.</summary>
internal static class RequestRoute
{
    public const string Manifest = "/v2/{name}/manifests/{reference}";

    public static string Of(HttpContext context, bool inRegistry, RegistryPath path)
    {
        if (!inRegistry) return (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern && pattern != "/v2/{**path}" ? pattern : "other";
        return path.Resource switch
        {
            RegistryResource.Ping => "/v2/",
            RegistryResource.Catalog => "/v2/_catalog",
            RegistryResource.Uploads => "/v2/{name}/blobs/uploads/",
            RegistryResource.Upload => "/v2/{name}/blobs/uploads/{id}",
            RegistryResource.Blob => "/v2/{name}/blobs/{digest}",
            RegistryResource.Manifest => Manifest,
            RegistryResource.Tags => "/v2/{name}/tags/list",
            _ => "/v2/{name}/referrers/{digest}",
        };
    }

    /// <summary>One of HTTP's methods, or _OTHER: a client may send any word.</summary>
    public static string MethodOf(HttpRequest request) => request.Method switch
    {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "_OTHER",
    };

    public static string? ActionOf(RegistryPath path, string method) => path.Resource switch
    {
        RegistryResource.Ping => null,
        RegistryResource.Catalog => "list",
        _ when method is "GET" or "HEAD" => path.Resource == RegistryResource.Upload ? "push" : "pull",
        _ when method is "DELETE" => path.Resource == RegistryResource.Upload ? "push" : "delete",
        _ => "push",
    };
}
