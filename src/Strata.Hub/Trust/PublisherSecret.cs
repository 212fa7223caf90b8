using System.Security.Cryptography;
using System.Text;

namespace Strata.Hub;

/// <summary>The password of the one who publishes official images. Only its hash is kept in memory.</summary>
internal sealed class PublisherSecret
{
    public const string FileName = "publisher-secret";
    public const string UserName = "publisher";

    private readonly byte[] _hash;

    private PublisherSecret(string secret) => _hash = HashOf(secret);

    /// <summary>Names this secret and no other, and tells nothing of it: what was given for it ends with it.</summary>
    public string Mark => "publisher:" + Convert.ToHexStringLower(SHA256.HashData(_hash).AsSpan(0, 8));

    /// <summary>Reads the secret, or makes one that only the owner of the file can read.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds no secret.</exception>
    public static PublisherSecret LoadOrCreate(string folder) => new(SecretFile.LoadOrCreate(Path.Combine(folder, FileName)));

    /// <summary>Takes the same time for every wrong password.</summary>
    public bool Matches(string user, string password) =>
        CryptographicOperations.FixedTimeEquals(HashOf(password), _hash) & string.Equals(user, UserName, StringComparison.Ordinal);

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
