using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>The entity tags of content that is named by its digest: the digest in quotes.</summary>
internal static class EntityTag
{
    public static string Of(string digest) => "\"" + digest + "\"";

    /// <summary>True where the client says that it has the content, or that it wants none that there is. RFC 9110, section 13.1.2.</summary>
    public static bool IsHeld(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } held && held.ToString() is var text && (text == "*" || text.Contains(tag, StringComparison.Ordinal));
}
