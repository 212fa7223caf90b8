using Strata.Content;
using Strata.Images;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Build.Tests;

public sealed class GraphTests : BuildFixture
{
    public GraphTests() => Put("a", "a");

    [Fact]
    public async Task Stages_that_nobody_needs_are_not_built()
    {
        await BuildAsync("FROM scratch AS unused\nCOPY missing /\nFROM scratch AS first\nCOPY a /1\nFROM scratch\nCOPY --from=first /1 /2");
        (await TreeAsync()).ShouldBe("2 f644 0:0 a");
        Progress.Ended.Select(s => s.Name).Order(StringComparer.Ordinal).ShouldBe(["[first 1/1] COPY a /1", "[stage-2 1/1] COPY --from=first /1 /2"]);
    }

    [Fact]
    public async Task A_target_is_a_stage_by_name()
    {
        await BuildAsync("FROM scratch AS one\nCOPY a /1\nFROM scratch AS two\nCOPY a /2", o => o with { Target = "ONE" });
        (await TreeAsync()).ShouldBe("1 f644 0:0 a");
        await BuildAsync("FROM scratch AS one\nCOPY a /1\nFROM scratch\nCOPY a /2", o => o with { Target = "0" });
        (await TreeAsync()).ShouldBe("1 f644 0:0 a");
        (await FaultAsync("FROM scratch AS one\nFROM scratch AS two", o => o with { Target = "tow" })).ShouldContain("target stage \"tow\" could not be found (did you mean two?)");
    }

    [Theory]
    [InlineData("FROM scratch AS a\nCOPY --from=b / /\nFROM scratch AS b\nCOPY --from=a / /", "circular dependency detected on stage")]
    [InlineData("FROM scratch AS a\nCOPY --from=a / /", "circular dependency detected on stage: a")]
    [InlineData("FROM scratch AS a\nCOPY --from=b / /\nFROM scratch AS b\nFROM a", "cannot copy from stage \"b\", it needs to be defined before current stage \"a\"")]
    [InlineData("ARG X\nFROM $X", "base name ($X) should not be blank")]
    [InlineData("FROM --platform=$X scratch", "empty platform value from expression $X")]
    [InlineData("FROM --platform=what scratch", "failed to parse platform what")]
    [InlineData("FROM UPPER", "failed to parse stage name")]
    public async Task Graphs_that_cannot_be_are_said(string dockerfile, string expected)
    {
        var fault = await FaultAsync(dockerfile);
        if (expected.StartsWith("failed to parse stage", StringComparison.Ordinal)) fault.ShouldContain("'UPPER' is not an image name");
        else fault.ShouldContain(expected);
    }

    [Fact]
    public async Task A_base_that_is_not_there_is_said_with_what_may_have_been_meant()
    {
        await BuildAsync("FROM scratch\nCOPY a /", o => o with { Names = [Reference.Parse("127.0.0.1:1/team/base:1")] });
        var fault = await FaultAsync("FROM 127.0.0.1:1/team/bsae:1");
        fault.ShouldStartWith("Dockerfile:1: 127.0.0.1:1/team/bsae:1:");
        fault.ShouldContain("did you mean 127.0.0.1:1/team/base:1?");
    }

    [Fact]
    public async Task Arguments_before_FROM_choose_bases_and_platforms()
    {
        await BuildAsync("FROM scratch\nCOPY a /base", o => o with { Names = [Reference.Parse("base:2")] });
        await BuildAsync("ARG V=1\nARG N=base:${V}\nFROM ${N}\nCOPY a /more", o => o with { Arguments = new Dictionary<string, string> { ["V"] = "2" } });
        (await TreeAsync()).ShouldBe("base f644 0:0 a\nmore f644 0:0 a");
    }

    [Fact]
    public async Task Named_contexts_stand_for_bases_stages_and_sources()
    {
        Folder.File("other/b", "b");
        await BuildAsync("FROM scratch\nCOPY a /image", o => o with { Names = [Reference.Parse("real:1")] });
        var contexts = new Dictionary<string, string> { ["other"] = Folder.Below("other"), ["base"] = "docker-image://real:1" };
        await BuildAsync("FROM base AS x\nCOPY --from=other b /b\nCOPY --from=base image /again", o => o with { Contexts = contexts });
        (await TreeAsync()).ShouldBe("again f644 0:0 a\nb f644 0:0 b\nimage f644 0:0 a");
        await BuildAsync("FROM other\nCOPY a /", o => o with { Contexts = contexts });
        (await TreeAsync()).ShouldBe("a f644 0:0 a\nb f644 0:0 b");
    }

    [Fact]
    public async Task Several_platforms_make_an_index()
    {
        var platforms = (Platform[])[Platform.Parse("linux/amd64"), Platform.Parse("linux/arm64/v8")];
        await BuildAsync("FROM scratch\nARG TARGETPLATFORM\nCOPY a /\nCOPY <<EOF /platform\n$TARGETPLATFORM\nEOF", o => o with { Platforms = platforms });
        Images.Inspect("built:1", platforms[0]).Config.Architecture.ShouldBe("amd64");
        Images.Inspect("built:1", platforms[1]).Config.Architecture.ShouldBe("arm64");
        Images.List().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_build_gives_the_same_digest_in_another_store()
    {
        const string dockerfile = "FROM scratch AS x\nCOPY a /1\nWORKDIR /w\nFROM x\nCOPY --from=x /1 /2\nCOPY <<EOF /3\nhi\nEOF\nLABEL a=b";
        var first = await BuildAsync(dockerfile);
        using var registries = new RegistryClient(new RegistryClientOptions());
        var store = ContentStore.Open(Folder.Folder("another"));
        var images = new LocalImages(store, registries, [], TimeProvider.System);
        var second = await BuildAsync(new Builder(store, images, TimeProvider.System), dockerfile);
        second.Digest.ShouldBe(first.Digest);
        Images.Inspect("built:1").Config.Created.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 - 60));
        var (epoch, _) = (await BuildAsync(dockerfile, o => o with { Epoch = 1_000_000_000 }), 0);
        epoch.Digest.ShouldNotBe(first.Digest);
        Images.Inspect("built:1").Config.Created.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_000_000_000));
        (await Images.FilesAsync("built:1", CancellationToken.None)).Tree.Find("1")!.Entry.ModTime.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_000_000_000));
    }

    [Fact]
    public async Task Builds_of_the_same_thing_at_once_are_all_right()
    {
        for (var i = 0; i < 50; i++) Put($"many/f{i}", new string('x', i * 100));
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => BuildAsync("FROM scratch\nCOPY many /many\nCOPY a /")));
        all.Select(i => i.Digest).Distinct().ShouldHaveSingleItem();
        Directory.EnumerateFileSystemEntries(Path.Combine(Root, "builds", "work")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_that_fails_leaves_names_and_no_half_image()
    {
        var before = await BuildAsync("FROM scratch\nCOPY a /");
        await FaultAsync("FROM scratch\nCOPY a /b\nCOPY missing /");
        Images.Inspect("built:1").ManifestDescriptor.Digest.ShouldBe(before.Digest);
        Images.List().Count.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(Path.Combine(Root, "builds", "work")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Contexts_that_are_not_there_are_said()
    {
        (await FaultAsync("FROM scratch", o => o with { Context = Folder.Below("nothing") })).ShouldContain("not found");
        (await FaultAsync("", o => o with { Dockerfile = null })).ShouldContain("failed to read dockerfile: open Dockerfile: no such file or directory");
        (await FaultAsync("", o => o with { Dockerfile = "other" })).ShouldContain("open other: no such file");
    }

    [Fact]
    public async Task A_tar_on_standard_input_is_a_context_and_other_text_a_Dockerfile()
    {
        Put("Dockerfile", "FROM scratch\nCOPY a /from-tar");
        Testing.RealTool.Output("tar", "-C", Context, "-czf", Folder.Below("c.tgz"), ".");
        await BuildAsync("", o => o with { Context = "-", Dockerfile = null, Input = File.OpenRead(Folder.Below("c.tgz")) });
        (await TreeAsync()).ShouldBe("from-tar f644 0:0 a");
        await BuildAsync("", o => o with { Context = "-", Dockerfile = null, Input = new MemoryStream("FROM scratch\nLABEL a=b"u8.ToArray()) });
        Config().Labels!["a"].ShouldBe("b");
    }
}
