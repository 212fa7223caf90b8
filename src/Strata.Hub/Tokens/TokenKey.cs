using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Strata.Hub;

/// <summary>The key that tokens are signed with. One process makes and checks them, so it is a secret one; in a file that only its owner can read.</summary>
internal static class TokenKey
{
    public const string FileName = "token-key";

    /// <exception cref="InvalidDataException">The file is there and holds no key.</exception>
    public static SymmetricSecurityKey LoadOrCreate(string folder)
    {
        var file = Path.Combine(folder, FileName);
        var text = SecretFile.LoadOrCreate(file);
        if (!Base64Url.IsValid(text, out var length) || length < 32)
            throw new InvalidDataException($"{file} holds no key of 32 bytes; delete it, and the next start makes a new one");
        var key = Base64Url.DecodeFromChars(text);
        // Says which key it is and nothing of what is in it.
        var id = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes("key id")).AsSpan(0, 8));
        return new SymmetricSecurityKey(key) { KeyId = id };
    }
}
