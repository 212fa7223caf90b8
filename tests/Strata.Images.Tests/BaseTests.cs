using Strata.Content;
using Strata.Layers;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

public sealed class BaseTests : IDisposable
{
    private const string NameKey = "org.opencontainers.image.base.name";
    private const string DigestKey = "org.opencontainers.image.base.digest";
    private readonly TemporaryFolder _folder = new();
    private readonly Registry.Client.RegistryClient _registries = new(new Registry.Client.RegistryClientOptions());
    private readonly ContentStore _store;
    private readonly LocalImages _images;

    public BaseTests()
    {
        _store = ContentStore.Open(_folder.Below("store"));
        _images = new LocalImages(_store, _registries, [], TimeProvider.System);
    }

    public void Dispose()
    {
        _registries.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_image_with_the_most_of_the_first_layers_is_the_base()
    {
        await WriteAsync("os:1", ["a"]);
        await WriteAsync("python:3", ["a", "b"]);
        await WriteAsync("sibling:1", ["a", "b", "x"]);
        await WriteAsync("other:1", ["b"]);
        await WriteAsync("app:1", ["a", "b", "c", "d"]);
        var found = Find("app:1")!;
        (found.Name, found.Layers, found.HistoryEntries, found.FoundBy).ShouldBe(("python:3", 2, 2, BaseFoundBy.Layers));
        found.Digest.ShouldBe(_images.Inspect("python:3").ManifestDescriptor.Digest);
        found.Others.ShouldBeEmpty();
        (found.HasLayer(1), found.HasLayer(2)).ShouldBe((true, false));
        Find("python:3")!.Name.ShouldBe("os:1");
        Find("os:1").ShouldBeNull();
    }

    [Fact]
    public async Task An_image_that_adds_no_layer_was_made_from_the_one_with_the_shorter_history()
    {
        await WriteAsync("base:1", ["a"]);
        await WriteAsync("app:1", ["a"], more: ["ENV X=1", "CMD [\"x\"]"]);
        var found = Find("app:1")!;
        (found.Name, found.Layers, found.HistoryEntries).ShouldBe(("base:1", 1, 1));
        Find("base:1").ShouldBeNull();
    }

    [Fact]
    public async Task Of_several_with_the_same_layers_the_one_whose_history_goes_on_counts_then_names_in_order()
    {
        await WriteAsync("zoo:1", ["a"], more: ["ENV X=1"]);
        await WriteAsync("copy:1", ["a"], author: "somebody");
        await WriteAsync("another:1", ["a"], author: "else");
        await WriteAsync("app:1", ["a", "b"], between: ["ENV X=1"]);
        var found = Find("app:1")!;
        (found.Name, found.HistoryEntries).ShouldBe(("zoo:1", 2));
        found.Others.ShouldBe(["another:1", "copy:1"]);

        await WriteAsync("plain:1", ["a", "c"], stepNames: "other");
        Find("plain:1")!.Name.ShouldBe("another:1");
    }

    [Fact]
    public async Task The_annotation_counts_before_a_longer_beginning_when_its_layers_fit()
    {
        var os = await WriteAsync("os:1", ["a"]);
        await WriteAsync("longer:1", ["a", "b"]);
        await WriteAsync("app:1", ["a", "b", "c"], annotations: new() { [NameKey] = "os:1", [DigestKey] = os.ToString() });
        await WriteAsync("labelled:1", ["a", "b", "d"], labels: new() { [NameKey] = "os:1" });
        (Find("app:1")!.Name, Find("app:1")!.FoundBy).ShouldBe(("os:1", BaseFoundBy.Annotation));
        (Find("labelled:1")!.Name, Find("labelled:1")!.Layers).ShouldBe(("os:1", 1));
    }

    [Fact]
    public async Task An_annotation_whose_image_is_not_here_or_has_other_layers_is_told_beside_what_the_layers_say()
    {
        await WriteAsync("os:1", ["a"]);
        await WriteAsync("moved:1", ["z"]);
        await WriteAsync("app:1", ["a", "b"], annotations: new() { [NameKey] = "moved:1" });
        (Find("app:1")!.Name, Find("app:1")!.AlsoAnnotated).ShouldBe(("os:1", "moved:1"));

        await WriteAsync("alone:1", ["q"], annotations: new() { [NameKey] = "elsewhere:1", [DigestKey] = Digest.Of("it"u8).ToString() });
        var alone = Find("alone:1")!;
        (alone.Name, alone.Layers, alone.HistoryEntries, alone.FoundBy).ShouldBe(("elsewhere:1", null, null, BaseFoundBy.Annotation));
        (alone.Digest, alone.HasLayer(0)).ShouldBe((Digest.Of("it"u8), null));
    }

    [Fact]
    public async Task What_the_index_of_an_image_says_counts_after_what_the_manifest_says()
    {
        await WriteAsync("os:1", ["a"]);
        await WriteAsync("longer:1", ["a", "b"]);
        await WriteAsync("app:1", ["a", "b", "c"]);
        var manifest = _images.Inspect("app:1").ManifestDescriptor;
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests = [new Descriptor { MediaType = manifest.MediaType, Digest = manifest.Digest, Size = manifest.Size, Platform = Platform.Host }],
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [NameKey] = "os:1" },
        };
        await NameAsync("many:1", index);
        (Find("many:1")!.Name, Find("many:1")!.FoundBy).ShouldBe(("os:1", BaseFoundBy.Annotation));
        Find("app:1")!.Name.ShouldBe("longer:1");
        // As a pull of one platform leaves it: the name leads to the manifest, and the index is beside it.
        ImageNames.Set(_store, new NamedImage(Reference.Parse("one:1"), manifest, Digest.Of(index.ToBytes())));
        (Find("one:1")!.Name, Find("one:1")!.FoundBy).ShouldBe(("os:1", BaseFoundBy.Annotation));
        // What is said of the one image is nearer than what is said of all.
        await NameAsync("both:1", index with
        {
            Manifests = [index.Manifests[0] with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [NameKey] = "longer:1" } }],
        });
        (Find("both:1")!.Name, Find("both:1")!.FoundBy).ShouldBe(("longer:1", BaseFoundBy.Annotation));
    }

    [Fact]
    public async Task A_base_that_is_named_must_be_one()
    {
        await WriteAsync("os:1", ["a"]);
        await WriteAsync("python:3", ["a", "b"]);
        await WriteAsync("other:1", ["a", "x"]);
        await WriteAsync("app:1", ["a", "b", "c"]);
        var app = _images.Inspect("app:1");
        (_images.FindBase(app, "os:1").Layers, _images.FindBase(app, "os:1").FoundBy).ShouldBe((1, BaseFoundBy.Name));
        Should.Throw<ImageException>(() => _images.FindBase(app, "other:1")).Message.ShouldBe("other:1 is not the base: 1 of its 2 layers are the image's first");
        Should.Throw<ImageException>(() => _images.FindBase(app, "app:1")).Message.ShouldContain("itself");
        Should.Throw<ImageException>(() => _images.FindBase(app, "absent:1")).Message.ShouldContain("No such image");
    }

    [Fact]
    public async Task An_image_that_is_damaged_is_nobodys_base()
    {
        var os = await WriteAsync("os:1", ["a"]);
        await WriteAsync("app:1", ["a", "b"]);
        File.Delete(_store.BlobPath(Manifest.Parse(_store.ReadDocument(os, Manifest.MaxBytes)).Config.Digest));
        Find("app:1").ShouldBeNull();
    }

    private ImageBase? Find(string name) => _images.FindBase(_images.Inspect(name));

    private async Task<Digest> WriteAsync(
        string name, string[] layers, string[]? between = null, string[]? more = null, string? author = null, string stepNames = "step",
        Dictionary<string, string>? annotations = null, Dictionary<string, string>? labels = null)
    {
        var written = new List<WrittenLayer>();
        foreach (var layer in layers) written.Add(await new LayerTar().File("etc/" + layer, layer).WriteToAsync(_store));
        HistoryEntry[] made = [.. layers.Select(l => new HistoryEntry { CreatedBy = $"RUN {stepNames} {l}", Author = author })];
        var config = new ImageConfig
        {
            Architecture = Platform.Host.Architecture,
            Os = "linux",
            Config = new ContainerConfig { Labels = labels },
            RootFs = new RootFs { DiffIds = [.. written.Select(l => l.DiffId)] },
            History = [made[0], .. Empty(between), .. made[1..], .. Empty(more)],
        };
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await _store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), CancellationToken.None),
            Layers = [.. written.Select(l => l.Descriptor)],
            Annotations = annotations,
        };
        var descriptor = await _store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), CancellationToken.None);
        _store.ChangeNames(names =>
        [
            .. names,
            descriptor with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [ContentAnnotations.RefName] = Reference.Parse(name).ToString() } },
        ]);
        return descriptor.Digest;
    }

    private async Task NameAsync(string name, ImageIndex index)
    {
        var descriptor = await _store.AddDocumentAsync(MediaTypes.OciIndex, index.ToBytes(), CancellationToken.None);
        _store.ChangeNames(names =>
        [
            .. names,
            descriptor with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [ContentAnnotations.RefName] = Reference.Parse(name).ToString() } },
        ]);
    }

    private static IEnumerable<HistoryEntry> Empty(string[]? words) => (words ?? []).Select(w => new HistoryEntry { CreatedBy = w, EmptyLayer = true });
}
