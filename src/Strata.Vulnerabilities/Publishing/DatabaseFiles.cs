using System.Security.Cryptography;
using Strata.Oci;
using ZstdSharp;

namespace Strata.Vulnerabilities.Publishing;

/// <summary>Database files as they travel. They are read and written whole; nobody has them open.</summary>
public static class DatabaseFiles
{
    /// <summary>All data of all publishers is some hundred MiB.</summary>
    private const long MostBytes = 8L << 30;

    /// <summary>A fetched file is small without taking long to make.</summary>
    private const int Level = 6;

    public static async Task<Digest> DigestAsync(string path, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false)) return Digest.FromHash(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }

    public static void Compress(string database, string target)
    {
        using var source = File.OpenRead(database);
        using var compressed = new CompressionStream(File.Create(target), Level, leaveOpen: false);
        source.CopyTo(compressed);
    }

    /// <exception cref="InvalidDataException">It is damaged, or larger than any database.</exception>
    public static void Decompress(Stream source, string target) => Reading(() =>
    {
        using var plain = new DecompressionStream(source, leaveOpen: true);
        using var file = File.Create(target);
        var buffer = new byte[128 * 1024];
        while (plain.Read(buffer) is var read and > 0)
        {
            file.Write(buffer, 0, read);
            if (file.Length > MostBytes) throw new InvalidDataException($"a database of more than {MostBytes} bytes");
        }
    });

    /// <summary>Writes what <paramref name="newer"/> has and <paramref name="older"/> has not.</summary>
    public static void WriteDelta(string older, string newer, string target)
    {
        using var before = File.OpenRead(older);
        using var after = File.OpenRead(newer);
        using var compressed = new CompressionStream(File.Create(target), Level, leaveOpen: false);
        PageDelta.Write(before, after, compressed);
    }

    /// <summary>Makes the older file the newer one, in place.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static void Apply(Stream delta, string database) => Reading(() =>
    {
        using var plain = new DecompressionStream(delta, leaveOpen: true);
        using var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite);
        PageDelta.Apply(plain, file, MostBytes);
    });

    private static void Reading(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new InvalidDataException($"its compression is damaged: {e.Message}", e);
        }
    }
}
