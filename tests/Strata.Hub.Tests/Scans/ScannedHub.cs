using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Hub.Tests.Scans;

/// <summary>A hub, images with packages to push to it, and advisories about them.</summary>
internal sealed class ScannedHub(HubHost hub) : IAsyncDisposable
{
    public HubHost Hub { get; } = hub;

    public HubScans Scans => Hub.Services.GetRequiredService<HubScans>();

    private ScanService Service => Hub.Services.GetRequiredService<ScanService>();

    public static async Task<ScannedHub> StartAsync(string? folder = null, ScanOptions? scans = null, Action<IServiceCollection>? registry = null, AuthOptions? auth = null) => new(await HubHost.StartAsync(
        folder ?? Directory.CreateTempSubdirectory("strata-scans-").FullName, ownsFolder: folder is null, auth: auth, scans: scans, registry: registry));

    public static (string Path, string Content) Os { get; } = ("etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");

    /// <summary>What dpkg writes of packages.</summary>
    public static (string Path, string Content) Status(params (string Name, string Version)[] packages) => ("var/lib/dpkg/status", string.Concat(packages.Select(p =>
        $"Package: {p.Name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {p.Version}\nDescription: one\n\n")));

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

    /// <summary>Pushes an image of these layers; gives its manifest's descriptor.</summary>
    /// <param name="reference">A tag; null for none.</param>
    public async Task<Descriptor> PushAsync(string repository, string? reference, string architecture, params IReadOnlyList<byte[]> tars)
    {
        byte[][] layers = [.. tars.Select(Gzip)];
        var config = new ImageConfig
        {
            Os = "linux",
            Architecture = architecture,
            RootFs = new RootFs { DiffIds = [.. tars.Select(t => Digest.Of(t))] },
            History = [.. tars.Select((_, i) => new Oci.HistoryEntry { CreatedBy = $"COPY part{i} /" })],
        }.ToBytes();
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = Digest.Of(config), Size = config.Length },
            Layers = [.. layers.Select(l => new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.Of(l), Size = l.Length })],
        }.ToBytes();
        foreach (var blob in layers.Append(config)) await Hub.PutBlobAsync(repository, blob);
        var digest = Digest.Of(manifest);
        await Hub.PutManifestAsync(repository, reference ?? digest.ToString(), manifest, MediaTypes.OciManifest);
        return new Descriptor { MediaType = MediaTypes.OciManifest, Digest = digest, Size = manifest.Length, Platform = new Platform { Os = "linux", Architecture = architecture } };
    }

    public async Task<Digest> PushAsync(string repository, string tag, params IReadOnlyList<(string Path, string Content)[]> layers) =>
        (await PushAsync(repository, tag, "amd64", [.. layers.Select(l => Tar(l))])).Digest;

    /// <summary>Advisories about packages of Debian 12, each fixed in a version; they take the place of those that were there.</summary>
    public Task AdviseAsync(params IReadOnlyList<(string Id, string Package, string Fixed)> records) => AdviseAsync(string.Concat(records.Select(r =>
        $$"""{"id":"{{r.Id}}","modified":"2026-01-01T00:00:00Z","details":"At length.","references":[{"type":"WEB","url":"https://example.org/{{r.Id}}"}],"database_specific":{"severity":"HIGH"},"affected":[{"package":{"ecosystem":"Debian:12","name":"{{r.Package}}"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"{{r.Fixed}}"}]}]}]}""" + "\n")));

    /// <param name="records">OSV, a line each.</param>
    public async Task AdviseAsync(string records)
    {
        var file = Path.Combine(Hub.Folder, "records.jsonl");
        await File.WriteAllTextAsync(file, records, TestContext.Current.CancellationToken);
        await UpdateAsync(file);
    }

    public async Task UpdateAsync(string from)
    {
        using var http = new HttpClient();
        await new AdvisoryUpdater(DatabaseFile, http, TimeProvider.System).UpdateAsync(from, progress: null, TestContext.Current.CancellationToken);
    }

    public string DatabaseFile => Path.Combine(Hub.Folder, "advisories", "advisories.db");

    /// <summary>Waits until all that was pushed is scanned, and compared with the advisories of now.</summary>
    public async Task SettleAsync()
    {
        await Hub.Services.GetRequiredService<Projection>().CatchUpAsync(TestContext.Current.CancellationToken);
        await Service.SettledAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(content);
        return bytes.ToArray();
    }
}
