using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Strata.Oci;

namespace Strata.Hub.Pages.Tests;

/// <summary>An image of small layers, each a few files.</summary>
internal sealed record SiteImage(byte[] Manifest, byte[] Config, IReadOnlyList<byte[]> Layers)
{
    public IEnumerable<byte[]> Blobs => [Config, .. Layers];

    /// <summary>What dpkg writes of packages.</summary>
    public static (string Path, string Content) Status(params (string Name, string Version)[] packages) => ("var/lib/dpkg/status", string.Concat(packages.Select(p =>
        $"Package: {p.Name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {p.Version}\nDescription: one\n\n")));

    public static SiteImage Of(params IReadOnlyList<(string Path, string Content)[]> layers) => Of("amd64", labels: null, [.. layers.Select(Tar)]);

    /// <param name="architecture">Of linux.</param>
    /// <param name="labels">Of the config.</param>
    /// <param name="tars">The layers.</param>
    /// <param name="diffIds">What the config says of them, where that is not true.</param>
    public static SiteImage Of(string architecture, IReadOnlyDictionary<string, string>? labels, IReadOnlyList<byte[]> tars, IReadOnlyList<Digest>? diffIds = null)
    {
        byte[][] layers = [.. tars.Select(Gzip)];
        var config = new ImageConfig
        {
            Os = "linux",
            Architecture = architecture,
            RootFs = new RootFs { DiffIds = diffIds ?? [.. tars.Select(t => Digest.Of(t))] },
            History = [.. tars.Select((_, i) => new HistoryEntry { CreatedBy = $"COPY part{i} / # buildkit" })],
            Config = new ContainerConfig { Cmd = ["bash"], Labels = labels },
        }.ToBytes();
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = Digest.Of(config), Size = config.Length },
            Layers = [.. layers.Select(l => new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.Of(l), Size = l.Length })],
        }.ToBytes();
        return new SiteImage(manifest, config, layers);
    }

    public static byte[] Tar(params IReadOnlyList<(string Path, string Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var (path, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), ModificationTime = DateTimeOffset.UnixEpoch });
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
