using System.Text;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>
/// A request's path and query for a log. Only values of parameters that are known to hold no secret are written: a token in a query
/// that nobody has thought of must not be found there either.
/// </summary>
internal static class SafeTarget
{
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "digest", "mount", "from", "n", "last", "tag", "q", "page", "page_size", "official", "artifactType", "referrers", "digest-algorithm",
        "scope", "service", "account", "offline_token", "verbose",
    };

    public static string Of(HttpRequest request)
    {
        // Encoded as it came: a line break in a path stays %0A.
        var path = request.Path.ToUriComponent();
        if (!request.QueryString.HasValue) return path;
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var part in request.QueryString.Value![1..].Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            // What has no name is a value that nobody can vouch for.
            text.Append(separator).Append(Plain.Contains(name) ? part : equals < 0 ? "..." : name + "=...");
            separator = '&';
        }
        return text.ToString();
    }
}
