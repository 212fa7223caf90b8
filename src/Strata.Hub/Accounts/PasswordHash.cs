using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Hub;

/// <summary>A password as it is kept: <c>pbkdf2-sha512$ROUNDS$SALT$HASH</c>. The rounds are in it, so they can grow without ending old ones.</summary>
internal static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Create(string password, int rounds)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Format(salt, Derive(password, salt, rounds), rounds);
    }

    /// <summary>A hash whose password nobody knows: to spend on an unknown name the time that a known one takes.</summary>
    public static string Unmatchable(int rounds) => Format(RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes), rounds);

    public static bool Matches(string password, string kept)
    {
        var parts = kept.Split('$');
        if (parts is not [Scheme, var rounds, var salt, var hash]) throw new InvalidDataException("a password in the hub's database is of a kind that is not known here");
        var derived = Derive(password, Convert.FromBase64String(salt), int.Parse(rounds, NumberStyles.None, CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(hash));
    }

    private static string Format(byte[] salt, byte[] hash, int rounds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA512, HashBytes);
}
