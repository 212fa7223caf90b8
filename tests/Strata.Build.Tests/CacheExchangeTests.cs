using Strata.Build.Tests.Steps;
using Strata.Content;
using Strata.Images;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Build.Tests;

/// <summary>A cache that one store hands on and another takes: through a real registry, a folder, and beside the image.</summary>
public sealed class CacheExchangeTests : RunFixture
{
    private const string Dockerfile = """
        FROM scratch AS first
        COPY bin /bin
        RUN echo made > /made
        FROM scratch
        COPY bin /bin
        RUN --mount=type=cache,target=/c echo kept >> /c/kept; echo second > /second
        COPY --from=first /made /made
        """;

    [Fact]
    public async Task A_build_elsewhere_with_the_cache_of_a_registry_runs_nothing()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var location = $"type=registry,ref={registry.Address}/cache/app:c";
        var first = await BuildAsync(Dockerfile, o => o with { CacheTo = [CacheLocation.ParseTarget(location + ",mode=max")] });
        var (second, root) = await ElsewhereAsync(CacheLocation.ParseSource(location));
        second.Digest.ShouldBe(first.Digest);
        Progress.Ended.ShouldAllBe(s => s.State == StepState.Cached);
        Directory.GetFiles(Path.Combine(root, "builds/mounts"), "kept", SearchOption.AllDirectories).ShouldHaveSingleItem();
        // In the cache of that store from now on.
        await ElsewhereAsync();
        Progress.Ended.ShouldAllBe(s => s.State == StepState.Cached);
    }

    [Fact]
    public async Task The_steps_of_other_stages_are_handed_on_by_mode_max_only()
    {
        var folder = Folder.Below("cache");
        await BuildAsync(Dockerfile, o => o with { CacheTo = [CacheLocation.ParseTarget($"type=local,dest={folder}")] });
        await ElsewhereAsync(CacheLocation.ParseSource($"type=local,src={folder}"));
        Progress.Ended.Where(s => s.State != StepState.Cached).Select(s => s.Name).ShouldHaveSingleItem().ShouldContain("[first 2/2] RUN echo made");
        RealTool.Output("skopeo", "inspect", "--raw", $"oci:{folder}:latest").ShouldContain("application/vnd.strata.build.cache.v1");
    }

    [Fact]
    public async Task What_is_inline_is_pushed_with_the_image_whose_digest_stays()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var name = Reference.Parse($"{registry.Address}/team/app:1");
        var plain = await BuildAsync(Dockerfile, o => o with { Names = [name] });
        var image = await BuildAsync(Dockerfile, o => o with { Names = [name], CacheTo = [CacheLocation.ParseTarget("type=inline")] });
        image.Digest.ShouldBe(plain.Digest);
        await Images.PushAsync(name, progress: null, TestContext.Current.CancellationToken);
        await ElsewhereAsync(CacheLocation.ParseSource(name.ToString()));
        Progress.Ended.Count(s => s.State == StepState.Cached).ShouldBe(4);
    }

    [Fact]
    public async Task A_cache_that_is_not_there_is_no_fault_and_one_that_cannot_go_anywhere_is()
    {
        await using var registry = await DockerRegistry.StartAsync();
        Put("a", "a");
        await BuildAsync("FROM scratch\nCOPY a /", o => o with { CacheFrom = [CacheLocation.ParseSource($"{registry.Address}/none:1"), CacheLocation.ParseSource($"type=local,src={Folder.Below("none")}")] });
        var to = "type=registry,ref=127.0.0.1:1/x:1";
        (await FaultAsync("FROM scratch\nCOPY a /", o => o with { CacheTo = [CacheLocation.ParseTarget(to)] })).ShouldContain("the cache could not be brought to 127.0.0.1:1/x:1");
        await BuildAsync("FROM scratch\nCOPY a /", o => o with { CacheTo = [CacheLocation.ParseTarget(to + ",ignore-error=true")] });
        Progress.Warnings.ShouldContain(w => w.Rule == "CacheExport");
    }

    [Theory]
    [InlineData("type=gha", "the type 'gha' is not known")]
    [InlineData("type=registry", "has no ref")]
    [InlineData("type=local", "has no dest")]
    [InlineData("type=registry,ref=a,mode=most", "mode=most is neither min nor max")]
    [InlineData("type=registry,ref=a,compression=zstd", "the key 'compression', which is not known")]
    public void What_is_no_place_is_said(string text, string expected) => Should.Throw<FormatException>(() => CacheLocation.ParseTarget(text)).Message.ShouldContain(expected);

    /// <summary>The same build in a store of its own, the same each time.</summary>
    private async Task<(BuiltImage Image, string Root)> ElsewhereAsync(params CacheLocation[] from)
    {
        using var registries = new RegistryClient(new RegistryClientOptions());
        var store = ContentStore.Open(Folder.Folder("elsewhere"));
        var images = new LocalImages(store, registries, [], TimeProvider.System);
        return (await BuildAsync(new Builder(store, images, TimeProvider.System), Dockerfile, o => o with { CacheFrom = from }), store.Root);
    }
}
