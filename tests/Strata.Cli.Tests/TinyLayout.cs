using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Cli.Tests;

/// <summary>An OCI image layout with one image, `tiny`: Debian's records of two packages in one uncompressed layer. The same bytes each time.</summary>
internal static class TinyLayout
{
    private const string Status = """
        Package: acl
        Status: install ok installed
        Architecture: amd64
        Version: 2.3.1-3

        Package: apt
        Status: install ok installed
        Architecture: amd64
        Version: 2.6.0

        Package: gone
        Status: deinstall ok config-files
        Architecture: all
        Version: 1

        """;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256"));
        var layer = Layer();
        var config = $$"""
            {"created":"2020-01-02T03:04:05Z","architecture":"amd64","os":"linux",
             "config":{"Cmd":["/bin/true"],"Labels":{"org.opencontainers.image.description":"Two packages"} },
             "rootfs":{"type":"layers","diff_ids":["{{Put(folder, layer)}}"]},
             "history":[{"created":"2020-01-02T03:04:05Z","created_by":"/bin/sh -c apt-get install acl apt"},{"created_by":"CMD [\"/bin/true\"]","empty_layer":true}]}
            """;
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Put(folder, config)}}","size":{{Encoding.UTF8.GetByteCount(config)}} },
             "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{Put(folder, layer)}}","size":{{layer.Length}} }]}
            """;
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Path.Combine(folder, "index.json"), $$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{Put(folder, manifest)}}",
             "size":{{Encoding.UTF8.GetByteCount(manifest)}},"annotations":{"org.opencontainers.image.ref.name":"tiny"} }]}
            """);
    }

    private static byte[] Layer()
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Add(tar, "usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
            Add(tar, "var/lib/dpkg/status", Status);
        }
        return memory.ToArray();
    }

    private static void Add(TarWriter tar, string path, string content) => tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
        ModificationTime = DateTimeOffset.UnixEpoch,
    });

    private static string Put(string folder, string text) => Put(folder, Encoding.UTF8.GetBytes(text));

    private static string Put(string folder, byte[] content)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(content));
        File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", hex), content);
        return "sha256:" + hex;
    }
}
