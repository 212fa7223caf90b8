namespace Strata.Hub;

/// <summary>What a token says. Distribution's token spec, "Getting a Bearer Token"; RFC 7519.</summary>
/// <param name="Iss">Who made it.</param>
/// <param name="Sub">The account; empty for nobody.</param>
/// <param name="Aud">The registry that it is for: host and port.</param>
/// <param name="Exp">When it ends, in seconds since 1970.</param>
/// <param name="Nbf">When it begins.</param>
/// <param name="Iat">When it was made.</param>
/// <param name="Jti">Its own name, random.</param>
/// <param name="Credential">What was shown for it; the token ends when that does. See <see cref="Caller.Credential"/>.</param>
/// <param name="Access">What it is for.</param>
internal sealed record TokenClaims(
    string Iss, string Sub, string Aud, long Exp, long Nbf, long Iat, string Jti, string Credential, IReadOnlyList<AccessClaim> Access);

internal sealed record AccessClaim(string Type, string Name, IReadOnlyList<string> Actions);
