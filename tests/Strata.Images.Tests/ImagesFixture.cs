using Strata.Content;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>A hub with one image of two layers: `NAME/app:1`; and a store of its own for each test.</summary>
public abstract class ImagesFixture(HubProcess hub) : IClassFixture<HubProcess>, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-images-");
    private readonly RegistryClient _registries = new(new RegistryClientOptions { Silence = TimeSpan.FromSeconds(3), Credentials = new Anonymous() });

    protected HubProcess Hub => hub;

    protected ContentStore Store { get; private set; } = null!;

    protected LocalImages Images { get; private set; } = null!;

    protected Reference App { get; private set; } = null!;

    protected Manifest AppManifest { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Store = OpenStore("store");
        Images = On(Store);
        var origin = OpenStore("origin");
        var repository = $"test/{Guid.NewGuid():N}";
        App = Reference.Parse($"{hub.Address}/{repository}:1");
        AppManifest = await TestImage.WriteAsync(origin, App, Path.Combine(_folder.FullName, "content"));
        await On(origin).PushAsync(App, progress: null, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _registries.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected LocalImages On(ContentStore store, params ILayerObserver[] observers) => new(store, _registries, observers, TimeProvider.System);

    protected ContentStore OpenStore(string name) => ContentStore.Open(Path.Combine(_folder.FullName, name));

    protected string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;

    /// <summary>The test image under another registry's name: the same repository.</summary>
    protected Reference AppAt(string registry) => Reference.Parse($"{registry}/{App.Repository}:1");

    /// <summary>Nothing has a name; layers that came whole may stay, and the beginning of one that another pull goes on with.</summary>
    protected void StoreShouldBeAsItWas()
    {
        Store.Names().ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(Store.Root, "ingest")).ShouldAllBe(f => Path.GetFileName(f).StartsWith("sha256-"));
        foreach (var (digest, size) in Store.Blobs())
            Digest.Of(File.ReadAllBytes(Store.BlobPath(digest)), digest.Algorithm).ShouldBe(digest, $"a blob of {size} bytes");
    }

    private sealed class Anonymous : ICredentialSource
    {
        public Task<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => Task.FromResult<Credential?>(null);
    }
}
