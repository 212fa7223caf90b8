using Strata.Content;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Layers.Tests.Unpacking;

/// <summary>
/// The tree that we unpack is the one that umoci unpacks: paths, types, modes, owners, times, links, attributes, contents.
/// </summary>
public sealed class UmociTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zones", "/usr/share/zoneinfo", "gnu", "gzip")]
    [InlineData("etc", "/etc", "posix", "gzip")]
    [InlineData("sbin", "/usr/sbin", "gnu", "zstd")]
    public async Task Folders_of_this_machine_are_unpacked_alike(string name, string source, string format, string compressor)
    {
        RealTool.RequireRoot("unpacks owners");
        RealTool.Require("umoci", "umoci");
        RealTool.Require("zstd", "zstd");
        if (!Directory.Exists(source)) Assert.Skip($"{source} is not on this machine");
        var tar = _folder.Below("layer.tar");
        RealTool.Run("tar", "-C", "/", "-cf", tar, $"--format={format}", "--xattrs", "--xattrs-include=*", "--transform", $"s,^,{name}/,rSh", source[1..]);
        await CompareAsync(tar, compressor);
    }

    [Theory]
    [InlineData("base-files")]
    [InlineData("passwd")]
    [InlineData("iputils-ping")]
    public async Task Debian_packages_are_unpacked_alike(string package)
    {
        RealTool.RequireRoot("unpacks owners");
        RealTool.Require("umoci", "umoci");
        var download = RealTool.Run("/bin/sh", "-c", "cd \"$1\" && apt-get download -q \"$2\"", "sh", _folder.Path, package);
        if (download.ExitCode != 0) Assert.Skip($"{package} cannot be downloaded here: {download.Error.Trim()}");
        var tar = _folder.Below("layer.tar");
        RealTool.Output("/bin/sh", "-c", "dpkg-deb --fsys-tarfile \"$1\"/*.deb > \"$2\"", "sh", _folder.Path, tar);
        await CompareAsync(tar, "gzip");
    }

    [Fact]
    public async Task All_that_a_layer_can_have_is_unpacked_alike()
    {
        RealTool.RequireRoot("makes devices and owners");
        RealTool.Require("umoci", "umoci");
        RealTool.Require("setfattr", "attr");
        var source = _folder.Folder("source");
        _folder.File("source/bin/tool", "#!/bin/sh\n");
        _folder.File("source/lib/data", new string('d', 300_000));
        RealTool.Output("/bin/sh", "-e", "-c", """
            cd "$1"
            chmod 6755 bin/tool; chown 12:34 bin/tool; ln bin/tool bin/twin; ln -s ../bin/tool lib/link; ln -s /nowhere dangling; ln dangling dangling2
            mkfifo pipe; mknod null c 1 3; mknod disk b 8 1; chmod 666 null
            mkdir -m 1777 tmp; mkdir -m 2750 shared; chown 5:6 shared; touch shared/f
            setfattr -n user.k -v 'one
            two' lib/data; setfattr -n security.capability -v 0x0100000281000000000000000000000000000000 lib/data
            setfattr -n trusted.t -v x tmp; setfattr -n user.d -v x shared
            touch -h -d '1999-01-02 03:04:05.678901234' lib/link bin/tool lib tmp
            truncate -s 5M holes; printf end >> holes
            printf x > "$(printf 'caf\351')"; printf y > 'new
            line'
            """, "sh", source);
        var tar = _folder.Below("layer.tar");
        RealTool.Output("tar", "-C", source, "-cf", tar, "--format=posix", "--xattrs", "--xattrs-include=*", ".");
        await CompareAsync(tar, "gzip");
    }

    private async Task CompareAsync(string tar, string compressor)
    {
        var diffId = await DigestOfAsync(tar);
        var blob = tar + ".compressed";
        RealTool.Output("/bin/sh", "-c", $"{compressor} -1 < \"$1\" > \"$2\"", "sh", tar, blob);

        var layers = _folder.Folder("layers");
        using (var unpacker = LayerUnpacker.Begin(layers, diffId, new UnpackOptions { IsDurable = false }))
        {
            await using var compressed = File.OpenRead(blob);
            await LayerReader.ReadAsync(compressed, diffId, [unpacker], CancellationToken.None);
            unpacker.Commit();
        }
        var bundle = await UmociAsync(blob, diffId, compressor);

        Listing(LayerUnpacker.PathIn(layers, diffId)).ShouldBe(Listing(bundle));
    }

    private async Task<string> UmociAsync(string blob, Digest diffId, string compressor)
    {
        // umoci of Debian 12 knows no zstd: it gets the same tar as it is.
        var isGzip = compressor == "gzip";
        var store = ContentStore.Open(_folder.Below("image"));
        var layer = await TakeInAsync(store, isGzip ? blob : blob[..^".compressed".Length], isGzip ? MediaTypes.OciLayerGzip : "application/vnd.oci.image.layer.v1.tar");
        var config = new ImageConfig { Architecture = "amd64", Os = "linux", RootFs = new RootFs { DiffIds = [diffId] } };
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), CancellationToken.None),
            Layers = [layer],
        };
        var descriptor = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), CancellationToken.None);
        await File.WriteAllTextAsync(_folder.Below("image/index.json"), $$$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"{{{descriptor.MediaType}}}","digest":"{{{descriptor.Digest}}}","size":{{{descriptor.Size}}},
            "annotations":{"org.opencontainers.image.ref.name":"t"}}]}
            """);
        RealTool.Output("umoci", "unpack", "--image", _folder.Below("image") + ":t", _folder.Below("bundle"));
        return _folder.Below("bundle/rootfs");
    }

    private static async Task<Descriptor> TakeInAsync(ContentStore store, string path, string mediaType)
    {
        var descriptor = new Descriptor { MediaType = mediaType, Digest = await DigestOfAsync(path), Size = new FileInfo(path).Length };
        using var ingest = store.Ingest(descriptor);
        ingest.Write(await File.ReadAllBytesAsync(path));
        ingest.Commit();
        return descriptor;
    }

    private static async Task<Digest> DigestOfAsync(string path) => Digest.Of(await File.ReadAllBytesAsync(path));

    /// <summary>
    /// Times of symbolic links and of all else, attributes, contents. Sizes of folders and times of folders nobody mentioned are the file
    /// system's.
    /// </summary>
    private static string Listing(string tree) => RealTool.Output("/bin/sh", "-c", """
        cd "$1"
        find . ! -type d -printf '%p %y %m %U %G %n %l %T@ %s\n' | sort
        find . -mindepth 1 -type d -printf '%p %y %m %U %G\n' | sort
        find . -type f -exec sha256sum {} + | sort
        find . -type b -exec stat -c '%n %t %T' {} + -o -type c -exec stat -c '%n %t %T' {} + | sort
        getfattr -R -h -P -d -m - -e hex . 2>/dev/null
        """, "sh", tree);
}
