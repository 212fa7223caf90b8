using System.Text;

namespace Strata.Hub;

/// <summary>What an Authorization header of the Basic scheme says. RFC 7617.</summary>
internal readonly record struct BasicCredentials(string User, string Password)
{
    /// <summary>Clients that hold no credentials may still send the scheme with an empty user and password; that is nobody.</summary>
    public bool IsNobody => User.Length == 0 && Password.Length == 0;

    public static bool TryParse(string header, out BasicCredentials credentials)
    {
        credentials = new("", "");
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;
        var encoded = header.AsSpan("Basic ".Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length)) return false;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return false;
        credentials = new(text[..colon], text[(colon + 1)..]);
        return true;
    }
}
