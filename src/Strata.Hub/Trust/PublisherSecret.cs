using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Hub;

/// <summary>The password of the one who publishes official images. Only its hash is kept in memory.</summary>
internal sealed class PublisherSecret
{
    public const string FileName = "publisher-secret";
    public const string UserName = "publisher";
    private const int Bytes = 32;

    private readonly byte[] _hash;

    private PublisherSecret(string secret) => _hash = HashOf(secret);

    /// <summary>Reads the secret, or makes one that only the owner of the file can read.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds no secret.</exception>
    public static PublisherSecret LoadOrCreate(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) Create(file);
        var secret = File.ReadAllText(file).Trim();
        return secret.Length >= 16
            ? new PublisherSecret(secret)
            : throw new InvalidDataException($"{file} holds no secret of at least 16 characters; delete it, and the next start makes a new one");
    }

    /// <summary>Takes the same time for every wrong password.</summary>
    public bool Matches(string user, string password) =>
        CryptographicOperations.FixedTimeEquals(HashOf(password), _hash) & string.Equals(user, UserName, StringComparison.Ordinal);

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Whole or not there: a start that is killed here must not leave an empty secret.
        var temporary = file + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)) + "\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, file);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
