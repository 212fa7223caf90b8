using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Hub;

/// <summary>A random secret in a file that only its owner can read.</summary>
internal static class SecretFile
{
    private const int Bytes = 32;
    private const int FewestCharacters = 16;

    /// <summary>Reads the secret, or makes one. When this returns, it is on disk, and the next start reads the same.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds no secret.</exception>
    public static string LoadOrCreate(string file)
    {
        if (!File.Exists(file)) Write(file, NewSecret());
        var secret = File.ReadAllText(file).Trim();
        return secret.Length >= FewestCharacters
            ? secret
            : throw new InvalidDataException($"{file} holds no secret of at least {FewestCharacters} characters; delete it, and the next start makes a new one");
    }

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whole or not there: a start that is killed here must not leave an empty secret.</summary>
    public static void Write(string file, string secret)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = file + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(secret + "\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, file, overwrite: true);
    }
}
