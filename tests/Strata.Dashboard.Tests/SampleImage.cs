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

    private const string Status = "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2.15-2\nDescription: a shell\n\n";

    /// <summary>Gives the image ID.</summary>
    public static async Task<Digest> AddAsync(ContentStore store, CancellationToken cancellationToken)
    {
        var tar = Tar();
        var layer = await store.AddDocumentAsync(MediaTypes.OciLayerGzip, Gzip(tar), cancellationToken);
        var config = new ImageConfig
        {
            Os = "linux",
            Architecture = "amd64",
            RootFs = new RootFs { DiffIds = [Digest.Of(tar)] },
            History = [new HistoryEntry { CreatedBy = "COPY status /var/lib/dpkg/ # buildkit" }],
            Config = new ContainerConfig { Cmd = ["bash"] },
        };
        var configBlob = await store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), cancellationToken);
        var manifest = new Manifest { MediaType = MediaTypes.OciManifest, Config = configBlob, Layers = [layer] };
        var blob = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken);
        var named = blob with { Annotations = new Dictionary<string, string> { [ContentAnnotations.RefName] = Name } };
        store.ChangeNames(names => [.. names, named]);
        return configBlob.Digest;
    }

    private static byte[] Tar()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "var/lib/dpkg/status") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Status)) });
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
