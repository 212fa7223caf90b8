using System.Net.Http.Headers;

namespace Strata.Registry.Client.Auth;

/// <summary>What a registry asks for: <c>Bearer realm="…",service="…",scope="…"</c> or <c>Basic</c>. RFC 9110, 11.6.1; distribution's token spec.</summary>
internal sealed record AuthChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>What to answer with a password where nothing is asked.</summary>
    public static AuthChallenge Password { get; } = new("Basic", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    public string? this[string name] => Parameters.GetValueOrDefault(name);

    /// <summary>The strongest challenge that we can answer, or null.</summary>
    public static AuthChallenge? Of(HttpResponseMessage response)
    {
        AuthChallenge? basic = null;
        foreach (var header in response.Headers.WwwAuthenticate)
        {
            if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return Read(header);
            if (header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) basic = Read(header);
        }
        return basic;
    }

    private static AuthChallenge Read(AuthenticationHeaderValue header)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var text = header.Parameter.AsSpan();
        while (text.Length > 0)
        {
            text = text.TrimStart(", ");
            var equals = text.IndexOf('=');
            if (equals <= 0) break;
            var name = text[..equals].Trim().ToString();
            text = text[(equals + 1)..].TrimStart(' ');
            parameters[name] = text.StartsWith("\"") ? Quoted(ref text) : Token(ref text);
        }
        return new AuthChallenge(header.Scheme, parameters);
    }

    /// <summary>A quoted value may hold commas: scopes do.</summary>
    private static string Quoted(ref ReadOnlySpan<char> text)
    {
        var value = new System.Text.StringBuilder();
        var i = 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            value.Append(text[i]);
        }
        text = i < text.Length ? text[(i + 1)..] : [];
        return value.ToString();
    }

    private static string Token(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(',');
        var value = (end < 0 ? text : text[..end]).Trim().ToString();
        text = end < 0 ? [] : text[end..];
        return value;
    }
}
