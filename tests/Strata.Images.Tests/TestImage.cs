using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Tests;

/// <summary>Writes a small image with two real layers: the second changes one file of the first and adds one.</summary>
internal static class TestImage
{
    public static async Task<Manifest> WriteAsync(ContentStore store, Reference name, string workFolder)
    {
        var options = new FolderLayerOptions { OwnedByRoot = true };
        var below = Write(Path.Combine(workFolder, "below"), ("etc/motd", "hello"), ("etc/hosts", "127.0.0.1"), ("usr/share/data", new string('x', 300_000)));
        var above = Write(Path.Combine(workFolder, "above"), ("etc/motd", "changed"), ("app/main.py", "print(1)"));
        WrittenLayer[] layers =
        [
            LayerWriter.FromFolder(store, below, options, CancellationToken.None),
            LayerWriter.FromFolder(store, above, options, CancellationToken.None),
        ];
        return await NameAsync(store, name, layers);
    }

    /// <summary>Puts any layers together to an image with a name.</summary>
    public static async Task<Manifest> NameAsync(ContentStore store, Reference name, IReadOnlyList<WrittenLayer> layers)
    {
        var config = new ImageConfig
        {
            Architecture = Platform.Host.Architecture,
            Os = "linux",
            Created = DateTimeOffset.UnixEpoch.AddYears(55),
            Config = new ContainerConfig { Cmd = ["python3", "/app/main.py"] },
            RootFs = new RootFs { DiffIds = [.. layers.Select(l => l.DiffId)] },
            History =
            [
                .. layers.Select((_, i) => new HistoryEntry { CreatedBy = $"/bin/sh -c step {i}" }),
                new HistoryEntry { CreatedBy = "CMD [\"python3\"]", EmptyLayer = true },
            ],
        };
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), CancellationToken.None),
            Layers = [.. layers.Select(l => l.Descriptor)],
        };
        var descriptor = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), CancellationToken.None);
        store.ChangeNames(names =>
        [
            .. names,
            descriptor with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [ContentAnnotations.RefName] = name.ToString() } },
        ]);
        return manifest;
    }

    private static string Write(string folder, params (string Path, string Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, content);
        }
        return folder;
    }
}
