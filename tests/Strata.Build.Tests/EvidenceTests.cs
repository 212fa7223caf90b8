using Strata.Build.Tests.Steps;

namespace Strata.Build.Tests;

/// <summary>What the layers say of the Dockerfile that made them.</summary>
public sealed class EvidenceTests : RunFixture
{
    private static readonly string Large = new('x', 2_000_000);

    [Fact]
    public async Task A_removal_that_frees_nothing_is_told_with_its_bytes_and_where_they_stay()
    {
        Put("data/big", Large);
        Put("data/small", "s");
        await RunAsync("COPY data /opt/data\nRUN rm -r /opt/data\nCOPY data/small /s\nRUN rm /s");
        var warning = Progress.Warnings.Where(w => w.Rule == "RemovalFreesNothing").ShouldHaveSingleItem();
        (warning.Line, warning.Detail).ShouldBe((4, "Removing frees nothing: 2.0MB of /opt/data stay in the layer of line 3; remove them in the step that brings them"));
        await BuildAsync("# check=skip=RemovalFreesNothing\nFROM scratch\nCOPY bin /bin\nCOPY data /opt/data\nRUN rm -r /opt/data");
        Progress.Warnings.ShouldNotContain(w => w.Rule == "RemovalFreesNothing");
    }

    [Fact]
    public async Task What_is_removed_of_the_base_is_the_base_s()
    {
        Put("big", Large);
        await BuildAsync("FROM scratch\nCOPY bin /bin\nCOPY big /big", o => o with { Names = [Oci.Reference.Parse("base:1")] });
        await BuildAsync("FROM base:1\nRUN rm /big");
        Progress.Warnings.ShouldHaveSingleItem().Detail.ShouldBe("Removing frees nothing: 2.0MB of /big stay in the base image; remove them in the step that brings them");
    }

    [Theory]
    [InlineData("var/lib/apt/lists/index", "2.0MB of apt's lists of packages are left in the layer")]
    [InlineData("root/.cache/pip/http/x", "2.0MB of pip's cache are left in the layer")]
    [InlineData("home/me/.npm/_cacache/x", "2.0MB of npm's cache are left in the layer")]
    [InlineData("var/cache/apk/x", "2.0MB of apk's cache are left in the layer")]
    [InlineData("opt/x/.cache/pip/x", null)]
    public async Task A_cache_that_is_left_is_told_with_its_size(string path, string? expected)
    {
        Put("root/" + path, Large);
        await BuildAsync("FROM scratch\nCOPY root /");
        if (expected is null) Progress.Warnings.ShouldBeEmpty();
        else Progress.Warnings.ShouldHaveSingleItem().Detail.ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_secret_that_can_be_read_from_the_image_is_told()
    {
        var secret = Folder.File("secret", "hush-hush\n");
        await RunAsync("ARG API_TOKEN\nARG PLAIN\nENV X=a-hush-hush-b\nRUN echo $API_TOKEN > /dev/null", o => o with
        {
            Secrets = new Dictionary<string, BuildSecret> { ["s"] = new(secret, null) },
            Arguments = new Dictionary<string, string> { ["API_TOKEN"] = "t0ken-value", ["PLAIN"] = "plain-value" },
        });
        Progress.Warnings.Where(w => w.Rule == "SecretInHistory").Select(w => w.Detail.Split(';')[0]).ShouldBe([
            "the secret s is in the history of the image, for all who have it", "the value of the argument API_TOKEN is in the history of the image, for all who have it"], ignoreOrder: true);
        Progress.Warnings.ShouldAllBe(w => !w.Detail.Contains("hush-hush") && !w.Detail.Contains("t0ken"));
    }

    [Fact]
    public async Task A_check_looks_at_the_layers_of_the_last_build_and_makes_none()
    {
        Put("root/var/lib/apt/lists/index", Large);
        var dockerfile = Folder.File("Dockerfile.check", "FROM scratch\nCOPY root /\n");
        BuildOptions options = new() { Context = Context, Dockerfile = dockerfile };
        (await Builder.CheckAsync(options, CancellationToken.None)).ShouldBeEmpty();
        Store.Blobs().ShouldBeEmpty();
        await BuildAsync("", o => o with { Dockerfile = dockerfile });
        (await Builder.CheckAsync(options, CancellationToken.None)).ShouldHaveSingleItem().Rule.ShouldBe("PackageCacheLeft");
    }
}
