using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Faults.Tests;

/// <summary>An OCI layout in a tar: two layers of 24 MiB that no compression makes smaller, and a small one; each with many small files.</summary>
internal static class LargeImage
{
    private const int LargeFile = 24 * 1024 * 1024;

    public const int FilesInLayer = 300;
    public const int Layers = 3;

    /// <summary>Bytes of the layers at the least.</summary>
    public const long Size = 2L * LargeFile;

    /// <param name="folder">Where it is put together.</param>
    /// <param name="name">The image's full name.</param>
    /// <returns>The archive.</returns>
    public static string Write(string folder, string name)
    {
        var layout = Path.Combine(folder, "layout");
        Directory.CreateDirectory(Path.Combine(layout, "blobs", "sha256"));
        (string Digest, long Size)[] layers = [.. Enumerable.Range(0, Layers).Select(i => Put(layout, Layer(i, i < 2 ? LargeFile : 1000)))];
        var diffIds = string.Join(',', layers.Select(l => $"\"{l.Digest}\""));
        var config = Put(layout, Encoding.UTF8.GetBytes($$"""
            {"architecture":"amd64","os":"linux","config":{"Cmd":["/bin/true"]},
             "rootfs":{"type":"layers","diff_ids":[{{diffIds}}]} }
            """));
        var parts = layers.Select(l => string.Create(CultureInfo.InvariantCulture,
            $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{l.Digest}}","size":{{l.Size}} }"""));
        var manifest = Put(layout, Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{config.Digest}}","size":{{config.Size}} },
             "layers":[{{string.Join(',', parts)}}]}
            """));
        File.WriteAllText(Path.Combine(layout, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Path.Combine(layout, "index.json"), $$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{manifest.Digest}}",
             "size":{{manifest.Size}},"annotations":{"org.opencontainers.image.ref.name":"{{name}}"} }]}
            """);
        var archive = Path.Combine(folder, "image.tar");
        TarFile.CreateFromDirectory(layout, archive, includeBaseDirectory: false);
        Directory.Delete(layout, recursive: true);
        return archive;
    }

    private static byte[] Layer(int number, int largeFile)
    {
        var random = new byte[largeFile];
        RandomNumberGenerator.Fill(random);
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(Entry($"large{number}", random));
            for (var i = 1; i < FilesInLayer; i++) tar.WriteEntry(Entry($"usr/share/part{number}-{i % 7}/file{i}", random.AsSpan(0, 500).ToArray()));
        }
        return memory.ToArray();
    }

    private static UstarTarEntry Entry(string path, byte[] content) => new(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) };

    private static (string Digest, long Size) Put(string layout, byte[] content)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(content));
        File.WriteAllBytes(Path.Combine(layout, "blobs", "sha256", hex), content);
        return ("sha256:" + hex, content.Length);
    }
}
