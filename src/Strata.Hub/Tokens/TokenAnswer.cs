namespace Strata.Hub;

/// <summary>The answer of the token service. Distribution's token spec, "Token Response Fields"; the OAuth2 variant reads access_token.</summary>
internal sealed record TokenAnswer(string Token, string AccessToken, int ExpiresIn, string IssuedAt, string? RefreshToken);

/// <summary>A refusal: <c>errors</c> is what registry clients read, the rest what OAuth2 clients do (RFC 6749, 5.2).</summary>
internal sealed record TokenRefusal(IReadOnlyList<TokenError> Errors, string Error, string ErrorDescription);

internal sealed record TokenError(string Code, string Message);
