using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>What part of a list a client wants: at most <paramref name="Most"/> entries after <paramref name="After"/>.</summary>
internal readonly record struct Page(int Most, string After)
{
    /// <summary>False when n is no number, or below 0.</summary>
    public static bool TryRead(IQueryCollection query, int limit, out Page page)
    {
        page = new Page(limit, query["last"].ToString());
        var n = query["n"].ToString();
        if (n.Length == 0) return true;
        if (n.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        // More digits than an int has are more than the limit.
        var wanted = int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : int.MaxValue;
        page = page with { Most = Math.Min(wanted, limit) };
        return true;
    }

    /// <summary>The Link header to what comes after <paramref name="last"/>. RFC 5988, distribution spec, "Content Discovery".</summary>
    public string Link(string path, string last) =>
        $"<{path}?n={Most.ToString(CultureInfo.InvariantCulture)}&last={Uri.EscapeDataString(last)}>; rel=\"next\"";
}
