using System.Text.Json.Nodes;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Build.Tests;

/// <summary>What is kept beside an image about how it was built.</summary>
public sealed class ProvenanceTests : BuildFixture
{
    private const string Type = "application/vnd.in-toto+json";

    public ProvenanceTests() => Put("a", "a");

    [Fact]
    public async Task It_says_what_the_image_was_made_of_and_is_pushed_with_it()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var name = Reference.Parse($"{registry.Address}/team/app:1");
        var basis = await BuildAsync("FROM scratch\nCOPY a /base", o => o with { Names = [Reference.Parse("base:1")] });
        BuildOptions With(BuildOptions o, ProvenanceMode mode) => o with { Names = [name], Provenance = mode, Arguments = new Dictionary<string, string> { ["X"] = "hush" } };
        var plain = await BuildAsync("FROM base:1\nCOPY a /", o => With(o, ProvenanceMode.None));
        var image = await BuildAsync("FROM base:1\nCOPY a /", o => With(o, ProvenanceMode.Min));
        image.Digest.ShouldBe(plain.Digest);
        var statement = Statement(image.Digest);
        statement["subject"]![0]!["digest"]!["sha256"]!.GetValue<string>().ShouldBe(image.Digest.Hex);
        statement["predicateType"]!.GetValue<string>().ShouldBe("https://slsa.dev/provenance/v1");
        var definition = statement["predicate"]!["buildDefinition"]!;
        definition["resolvedDependencies"]![0]!.ToJsonString().ShouldBe($$$"""{"uri":"docker-image://base:1","digest":{"sha256":"{{{basis.Digest.Hex}}}"}}""");
        statement.ToJsonString().ShouldNotContain("hush");

        await Images.PushAsync(name, progress: null, TestContext.Current.CancellationToken);
        var attached = await Images.ListAttachmentsAsync(name, platform: null, TestContext.Current.CancellationToken);
        attached.Items.Select(i => i.ArtifactType).ShouldBe([Type]);
        var bytes = await Images.ReadAttachmentAsync(name, attached.Items[0].Content!, 1_000_000, TestContext.Current.CancellationToken);
        JsonNode.DeepEquals(JsonNode.Parse(bytes), statement).ShouldBeTrue();
    }

    [Fact]
    public async Task A_build_that_does_nothing_writes_nothing_and_one_that_does_replaces_it()
    {
        BuildOptions With(BuildOptions o) => o with { Provenance = ProvenanceMode.Max, Arguments = new Dictionary<string, string> { ["X"] = "seen" } };
        var image = await BuildAsync("FROM scratch\nARG X\nCOPY a /", With);
        Statement(image.Digest).ToJsonString().ShouldContain("\"arguments\":{\"X\":\"seen\"}");
        var before = Images.Attachments(image.Digest).ShouldHaveSingleItem().Digest;
        await BuildAsync("FROM scratch\nARG X\nCOPY a /", With);
        Images.Attachments(image.Digest).ShouldHaveSingleItem().Digest.ShouldBe(before);
        await BuildAsync("FROM scratch\nARG X\nCOPY a /", o => With(o) with { NoCache = true });
        Images.Attachments(image.Digest).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_stays_and_goes_with_the_image()
    {
        var image = await BuildAsync("FROM scratch\nCOPY a /", o => o with { Provenance = ProvenanceMode.Min });
        Images.Prune(new Images.PruneOptions());
        Images.Attachments(image.Digest).ShouldHaveSingleItem();
        Images.Prune(new Images.PruneOptions { All = true });
        Store.Blobs().ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Path.Combine(Root, "referrers")).ShouldBeEmpty();
    }

    private JsonNode Statement(Digest image) => JsonNode.Parse(Store.ReadDocument(Images.Attachments(image).ShouldHaveSingleItem().Manifest.Layers[0].Digest, 1_000_000))!;
}
