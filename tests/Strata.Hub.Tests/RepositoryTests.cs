using System.Net;
using Strata.Oci;

namespace Strata.Hub.Tests;

public sealed class RepositoryTests : IAsyncLifetime
{
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_repository_says_what_its_image_says()
    {
        var digest = await _hub.PushAsync(
            "me/deep/app", "1", "From the label", "The app", annotations: new Dictionary<string, string>
            {
                ["org.opencontainers.image.licenses"] = "Apache-2.0",
                ["org.opencontainers.image.source"] = "https://example.com/src",
                ["unrelated"] = "x",
            });
        var json = await _hub.JsonAsync("/api/v1/repositories/me/deep/app");
        json.GetProperty("name").GetString().ShouldBe("me/deep/app");
        json.GetProperty("namespace").GetString().ShouldBe("me/deep");
        json.GetProperty("title").GetString().ShouldBe("The app");
        json.GetProperty("description").GetString().ShouldBe("From the label");
        json.GetProperty("official").GetBoolean().ShouldBeFalse();
        json.GetProperty("labels").EnumerateObject().Select(l => l.Name).ShouldBe(["licenses", "source"]);
        var tag = json.GetProperty("tags").EnumerateArray().Single();
        tag.GetProperty("name").GetString().ShouldBe("1");
        tag.GetProperty("digest").GetString().ShouldBe(digest.ToString());
        tag.GetProperty("size").GetInt64().ShouldBeGreaterThan(100);
        tag.GetProperty("platforms").EnumerateArray().Single().GetString().ShouldBe("linux/amd64");
    }

    [Fact]
    public async Task An_annotation_overrules_a_label()
    {
        await _hub.PushAsync("me/app", description: "label", annotations: new Dictionary<string, string>
        {
            ["org.opencontainers.image.description"] = "annotation",
        });
        (await DescriptionAsync("me/app")).ShouldBe("annotation");
    }

    [Fact]
    public async Task An_image_without_words_leaves_the_words_of_an_earlier_one()
    {
        await _hub.PushAsync("me/app", "1", "Words");
        await _hub.PushAsync("me/app", "2");
        (await DescriptionAsync("me/app")).ShouldBe("Words");
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_list_shows_at_most_a_hundred_characters_and_the_page_all(int length)
    {
        var text = string.Concat(Enumerable.Repeat("word ", 30))[..(length - 1)] + "!";
        await _hub.PushAsync("me/app", description: text);
        var shown = (await _hub.JsonAsync("/v1/search?q=app")).GetProperty("results")[0].GetProperty("description").GetString()!;
        shown.Length.ShouldBeLessThanOrEqualTo(100);
        (shown == text).ShouldBe(length <= 100);
        (await DescriptionAsync("me/app")).ShouldBe(text);
    }

    [Fact]
    public async Task An_index_has_the_platforms_of_its_images()
    {
        var amd = await _hub.PushAsync("me/app", architecture: "amd64", untagged: true, description: "Two of a kind");
        var arm = await _hub.PushAsync("me/app", architecture: "arm64", untagged: true);
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests =
            [
                await DescriptorAsync("me/app", amd, new Platform { Os = "linux", Architecture = "amd64" }),
                await DescriptorAsync("me/app", arm, new Platform { Os = "linux", Architecture = "arm64", Variant = "v8" }),
                await DescriptorAsync("me/app", arm, new Platform { Os = "unknown", Architecture = "unknown" }),
            ],
        };
        await _hub.PutManifestAsync("me/app", "multi", index.ToBytes(), MediaTypes.OciIndex);
        var tag = (await _hub.JsonAsync("/api/v1/repositories/me/app")).GetProperty("tags")[0];
        tag.GetProperty("platforms").EnumerateArray().Select(p => p.GetString()).ShouldBe(["linux/amd64", "linux/arm64/v8"]);
        tag.GetProperty("size").GetInt64().ShouldBeGreaterThan(0);
        (await DescriptionAsync("me/app")).ShouldBe("Two of a kind");
    }

    [Fact]
    public async Task Pulls_of_a_tag_count_and_checks_for_news_do_not()
    {
        var digest = await _hub.PushAsync("me/app");
        await _hub.Client.GetAsync("/v2/me/app/manifests/latest");
        await _hub.Client.GetAsync("/v2/me/app/manifests/latest");
        await _hub.Client.GetAsync($"/v2/me/app/manifests/{digest}");
        await _hub.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v2/me/app/manifests/latest"));
        (await _hub.JsonAsync("/api/v1/repositories/me/app")).GetProperty("pulls").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_deleted_tag_is_gone_and_the_last_one_takes_the_repository()
    {
        await _hub.PushAsync("me/app", "1");
        await _hub.PushAsync("me/app", "2");
        await _hub.Client.DeleteAsync("/v2/me/app/manifests/1");
        (await _hub.JsonAsync("/api/v1/repositories/me/app")).GetProperty("tag_count").GetInt32().ShouldBe(1);
        await _hub.Client.DeleteAsync("/v2/me/app/manifests/2");
        (await _hub.Client.GetAsync("/api/v1/repositories/me/app")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _hub.NamesAsync("q=app")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no/such", HttpStatusCode.NotFound)]
    [InlineData("UPPER", HttpStatusCode.BadRequest)]
    [InlineData("..%2fetc", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task A_repository_that_is_none_is_a_problem(string name, HttpStatusCode expected)
    {
        var response = await _hub.Client.GetAsync("/api/v1/repositories/" + name);
        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task The_hub_says_that_it_is_there(string path) => (await _hub.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);

    private async Task<string?> DescriptionAsync(string name) =>
        (await _hub.JsonAsync("/api/v1/repositories/" + name)).GetProperty("description").GetString();

    [Fact]
    public async Task Of_an_index_of_which_only_one_platform_was_copied_that_one_is_described()
    {
        var arm = await _hub.PushAsync("me/app", "arm", "From the label", architecture: "arm64", untagged: true);
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests =
            [
                new Descriptor
                {
                    MediaType = MediaTypes.OciManifest, Digest = Digest.Of([1]), Size = 1, Platform = new Platform { Os = "linux", Architecture = "amd64" },
                },
                await DescriptorAsync("me/app", arm, new Platform { Os = "linux", Architecture = "arm64" }),
            ],
        };
        await _hub.PutManifestAsync("me/app", "sparse", index.ToBytes(), MediaTypes.OciIndex);
        (await DescriptionAsync("me/app")).ShouldBe("From the label");
    }

    private async Task<Descriptor> DescriptorAsync(string repository, Digest digest, Platform platform)
    {
        var content = await _hub.Client.GetByteArrayAsync($"/v2/{repository}/manifests/{digest}");
        return new Descriptor { MediaType = MediaTypes.OciManifest, Digest = digest, Size = content.Length, Platform = platform };
    }
}
