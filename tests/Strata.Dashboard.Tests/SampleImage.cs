using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Strata.Content;
using Strata.Oci;

namespace Strata.Dashboard.Tests;

/// <summary>An image of one layer with one package in it, put into a store as another tool would: not indexed, not catalogued.</summary>
internal static class SampleImage
{
    public const string Name = "127.0.0.1:1/sample/bash:5.2";

    /// <summary>Gives the image ID.</summary>
    public static Task<Digest> AddAsync(ContentStore store, CancellationToken cancellationToken) => AddAsync(store, Name, ["bash 5.2.15-2"], cancellationToken);

    /// <summary>The same under a name, with a layer for each package, <c>NAME VERSION</c>.</summary>
    public static async Task<Digest> AddAsync(ContentStore store, string name, string[] packages, CancellationToken cancellationToken)
    {
        var tars = packages.Select(Tar).ToArray();
        var layers = new List<Descriptor>();
        foreach (var tar in tars) layers.Add(await store.AddDocumentAsync(MediaTypes.OciLayerGzip, Gzip(tar), cancellationToken));
        var config = new ImageConfig
        {
            Os = "linux",
            Architecture = "amd64",
            RootFs = new RootFs { DiffIds = [.. tars.Select(t => Digest.Of(t))] },
            History = [.. packages.Select(_ => new HistoryEntry { CreatedBy = "COPY status /var/lib/dpkg/ # buildkit" })],
            Config = new ContainerConfig { Cmd = ["bash"] },
        };
        var configBlob = await store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), cancellationToken);
        var manifest = new Manifest { MediaType = MediaTypes.OciManifest, Config = configBlob, Layers = layers };
        var blob = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken);
        var named = blob with { Annotations = new Dictionary<string, string> { [ContentAnnotations.RefName] = name } };
        store.ChangeNames(names => [.. names, named]);
        return configBlob.Digest;
    }

    private static byte[] Tar(string package)
    {
        var (name, version) = package.Split(' ') is [var n, var v] ? (n, v) : (package, "1");
        var status = $"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\nDescription: {name}\n\n";
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "var/lib/dpkg/status")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(status)),
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
        }
        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(content);
        return bytes.ToArray();
    }
}
