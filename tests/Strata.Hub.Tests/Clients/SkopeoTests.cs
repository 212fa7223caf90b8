using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Strata.Oci;

namespace Strata.Hub.Tests;

/// <summary>A client that people use, against a real hub.</summary>
public sealed class SkopeoTests : IAsyncLifetime
{
    private const string Skopeo = "/usr/bin/skopeo";
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-skopeo-").FullName;
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_image_goes_to_the_hub_and_comes_back_the_same()
    {
        var digest = await WriteImageAsync("source");
        (await RunAsync("copy", "--dest-tls-verify=false", $"oci:{_folder}/source:x", $"docker://{_hub.Registry}/me/x:1")).ExitCode.ShouldBe(0);
        (await RunAsync("copy", "--src-tls-verify=false", $"docker://{_hub.Registry}/me/x:1", $"oci:{_folder}/back:x")).ExitCode.ShouldBe(0);
        var index = ImageIndex.Parse(await File.ReadAllBytesAsync(Path.Combine(_folder, "back", "index.json")));
        index.Manifests.Single().Digest.ShouldBe(digest);
        var (exit, output) = await RunAsync("inspect", "--tls-verify=false", "--format", "{{.Digest}}", $"docker://{_hub.Registry}/me/x:1");
        exit.ShouldBe(0);
        output.ShouldContain(digest.ToString());
    }

    [Fact]
    public async Task The_publisher_pushes_with_credentials_and_nobody_without()
    {
        await WriteImageAsync("source");
        string[] copy = ["copy", "--dest-tls-verify=false", $"oci:{_folder}/source:x", $"docker://{_hub.Registry}/library/x:1"];
        (await RunAsync(copy)).ExitCode.ShouldNotBe(0);
        (await RunAsync([copy[0], "--dest-creds", "publisher:" + _hub.Secret, .. copy[1..]])).ExitCode.ShouldBe(0);
        (await _hub.NamesAsync("q=x")).ShouldBe(["library/x"]);
    }

    [Fact]
    public async Task Tags_are_listed_and_deleted()
    {
        await WriteImageAsync("source");
        foreach (var tag in (string[])["1", "2"])
            await RunAsync("copy", "--dest-tls-verify=false", $"oci:{_folder}/source:x", $"docker://{_hub.Registry}/me/x:{tag}");
        (await RunAsync("list-tags", "--tls-verify=false", $"docker://{_hub.Registry}/me/x")).Output.ShouldContain("\"2\"");
        (await RunAsync("delete", "--tls-verify=false", $"docker://{_hub.Registry}/me/x:1")).ExitCode.ShouldBe(0);
        (await RunAsync("inspect", "--tls-verify=false", $"docker://{_hub.Registry}/me/x:1")).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task From_one_repository_to_another_no_blob_goes_through_the_client()
    {
        await WriteImageAsync("source");
        await RunAsync("copy", "--dest-tls-verify=false", $"oci:{_folder}/source:x", $"docker://{_hub.Registry}/me/x:1");
        var (exit, output) = await RunAsync(
            "--debug", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{_hub.Registry}/me/x:1", $"docker://{_hub.Registry}/you/x:1");
        exit.ShouldBe(0, output);
        output.ShouldContain("... already exists");
        (await _hub.Client.GetStringAsync("/v2/you/x/manifests/1")).ShouldBe(await _hub.Client.GetStringAsync("/v2/me/x/manifests/1"));
    }

    [Theory]
    [InlineData("v2s2")]
    [InlineData("oci")]
    public async Task An_image_is_pushed_in_either_format(string format)
    {
        await WriteImageAsync("source");
        (await RunAsync("copy", "--format", format, "--dest-tls-verify=false", $"oci:{_folder}/source:x", $"docker://{_hub.Registry}/me/x:1")).ExitCode.ShouldBe(0);
        var type = format == "oci" ? MediaTypes.OciManifest : MediaTypes.DockerManifest;
        (await _hub.Client.GetAsync("/v2/me/x/manifests/1")).Content.Headers.ContentType!.ToString().ShouldBe(type);
        (await RunAsync("copy", "--src-tls-verify=false", $"docker://{_hub.Registry}/me/x:1", $"dir:{_folder}/{format}")).ExitCode.ShouldBe(0);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Skopeo), $"{Skopeo} is not installed");
        var start = new ProcessStartInfo(Skopeo, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private async Task<Digest> WriteImageAsync(string name)
    {
        var root = Path.Combine(_folder, name);
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "hello") { DataStream = new MemoryStream("hello"u8.ToArray()) });
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(tar.ToArray());

        var layer = await WriteAsync(root, zipped.ToArray(), MediaTypes.OciLayerGzip);
        var config = new ImageConfig { Os = "linux", Architecture = "amd64", RootFs = new RootFs { DiffIds = [Digest.Of(tar.ToArray())] } };
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await WriteAsync(root, config.ToBytes(), MediaTypes.OciConfig),
            Layers = [layer],
        };
        var descriptor = await WriteAsync(root, manifest.ToBytes(), MediaTypes.OciManifest) with
        {
            Annotations = new Dictionary<string, string> { ["org.opencontainers.image.ref.name"] = "x" },
        };
        await File.WriteAllBytesAsync(Path.Combine(root, "index.json"), new ImageIndex { Manifests = [descriptor] }.ToBytes());
        await File.WriteAllTextAsync(Path.Combine(root, "oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return descriptor.Digest;
    }

    private static async Task<Descriptor> WriteAsync(string root, byte[] content, string mediaType)
    {
        var digest = Digest.Of(content);
        var folder = Directory.CreateDirectory(Path.Combine(root, "blobs", "sha256")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, digest.Hex), content);
        return new Descriptor { MediaType = mediaType, Digest = digest, Size = content.Length };
    }
}
