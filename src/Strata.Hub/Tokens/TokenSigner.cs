using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Strata.Hub;

/// <summary>Signs tokens, and reads those that it signed; one that was read is not checked again, for as long as it is remembered.</summary>
internal sealed class TokenSigner(SymmetricSecurityKey key, TimeProvider time)
{
    public const string Issuer = "strata-hub";
    private const string Algorithm = SecurityAlgorithms.HmacSha256;
    private const int MostRemembered = 4096;

    /// <summary>Longer than any that is made here, and no longer than a server takes in a header.</summary>
    private const int LongestToken = 16 * 1024;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = LongestToken };
    private readonly SigningCredentials _credentials = new(key, Algorithm);
    private readonly ConcurrentDictionary<(UInt128, UInt128), VerifiedToken> _verified = new();

    // Audience and times are checked at each use: a remembered token gets older.
    private readonly TokenValidationParameters _parameters = new()
    {
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [Algorithm],
        ValidTypes = [JwtConstants.HeaderType],
        ValidIssuer = Issuer,
        ValidateAudience = false,
        ValidateLifetime = false,
    };

    public string Sign(TokenClaims claims) => _handler.CreateToken(JsonSerializer.Serialize(claims, HubJson.Default.TokenClaims), _credentials);

    /// <summary>Null for whatever this hub did not sign.</summary>
    public async ValueTask<VerifiedToken?> ReadAsync(string token)
    {
        if (token.Length > LongestToken) return null;
        var mark = MarkOf(token);
        if (_verified.TryGetValue(mark, out var known)) return known;
        var result = await _handler.ValidateTokenAsync(token, _parameters).ConfigureAwait(false);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt || jwt.Kid != key.KeyId || ClaimsOf(jwt) is not { } claims) return null;
        if (_verified.Count >= MostRemembered) Forget();
        return _verified[mark] = new VerifiedToken(claims);
    }

    private static TokenClaims? ClaimsOf(JsonWebToken jwt)
    {
        try
        {
            var claims = JsonSerializer.Deserialize(Base64UrlEncoder.Decode(jwt.EncodedPayload), HubJson.Default.TokenClaims);
            return claims is { Sub: not null, Aud: not null, Credential: not null, Access: not null } ? claims : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Stands for the token, so that memory holds none.</summary>
    private static (UInt128 First, UInt128 Second) MarkOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return (System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (mark, token) in _verified)
            if (token.Expires <= now) _verified.TryRemove(mark, out _);
        if (_verified.Count >= MostRemembered) _verified.Clear();
    }
}
