using System.Net;

namespace Strata.Web;

/// <summary>An address to listen on: <c>127.0.0.1:7878</c>, <c>[::1]:0</c>, <c>localhost:7878</c>.</summary>
internal static class ListenAddress
{
    public static bool TryParse(string text, out IPEndPoint endPoint)
    {
        endPoint = new IPEndPoint(IPAddress.Loopback, 0);
        if (text.StartsWith("localhost:", StringComparison.Ordinal)) text = "127.0.0.1:" + text["localhost:".Length..];
        // IPEndPoint.TryParse takes an address alone too; a port must be named.
        if (text.LastIndexOf(':') <= text.LastIndexOf(']') || !IPEndPoint.TryParse(text, out var parsed)) return false;
        endPoint = parsed;
        return text.EndsWith(":" + parsed.Port, StringComparison.Ordinal);
    }
}
