using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Strata.Cli.Tests;

/// <summary>Writes an OCI image layout with one image of uncompressed layers, each with the instruction that made it. The same bytes each time.</summary>
internal static class LayeredLayout
{
    /// <param name="folder">Made if it is not there; a second image is added to it.</param>
    /// <param name="tag">What the layout calls the image.</param>
    /// <param name="layers">The base first: the instruction, and files by path. A path with <c>.wh.</c> is a whiteout.</param>
    /// <param name="annotations">Of the manifest.</param>
    /// <returns>The manifest's digest.</returns>
    public static string Write(string folder, string tag, (string CreatedBy, (string Path, string Content)[] Files)[] layers, params (string Key, string Value)[] annotations)
    {
        Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256"));
        var tars = layers.Select(l => Layer(l.Files)).ToArray();
        var config = Put(folder, new JsonObject
        {
            ["created"] = "2020-01-02T03:04:05Z",
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray("/bin/true"), ["Labels"] = new JsonObject { ["org.opencontainers.image.description"] = "Two packages" } },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. tars.Select(t => (JsonNode)Put(folder, t))]) },
            ["history"] = new JsonArray(
            [
                .. layers.Select(l => (JsonNode)new JsonObject { ["created"] = "2020-01-02T03:04:05Z", ["created_by"] = l.CreatedBy }),
                new JsonObject { ["created_by"] = "CMD [\"/bin/true\"]", ["empty_layer"] = true },
            ]),
        }.ToJsonString(), out var configSize);
        var manifest = Put(folder, new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", config, configSize),
            ["layers"] = new JsonArray([.. tars.Select(t => (JsonNode)Descriptor("application/vnd.oci.image.layer.v1.tar", Put(folder, t), t.Length))]),
            ["annotations"] = new JsonObject(annotations.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value))),
        }.ToJsonString(), out var size);
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        AddToIndex(Path.Combine(folder, "index.json"), tag, manifest, size);
        return manifest;
    }

    private static void AddToIndex(string path, string tag, string manifest, int size)
    {
        var index = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))! : new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray() };
        var entry = Descriptor("application/vnd.oci.image.manifest.v1+json", manifest, size);
        entry["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = tag };
        index["manifests"]!.AsArray().Add((JsonNode)entry);
        File.WriteAllText(path, index.ToJsonString());
    }

    private static JsonObject Descriptor(string type, string digest, int size) => new() { ["mediaType"] = type, ["digest"] = digest, ["size"] = size };

    private static byte[] Layer((string Path, string Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }
        return memory.ToArray();
    }

    private static string Put(string folder, string text, out int size)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        size = bytes.Length;
        return Put(folder, bytes);
    }

    private static string Put(string folder, byte[] content)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(content));
        File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", hex), content);
        return "sha256:" + hex;
    }
}
