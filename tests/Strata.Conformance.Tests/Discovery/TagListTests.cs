using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Listing Tags".</summary>
public sealed class TagListTests(Registry registry)
{
    private static readonly string[] Tags = ["0", "A", "Z", "_x", "a", "a-1", "a.1", "b", "latest", "v1", "v10", "v2"];
    private readonly Repository _repository = registry.Fresh();

    public static TheoryData<string, int, int> Queries => new()
    {
        { "", 0, 12 },
        { "?n=0", 0, 0 },
        { "?n=1", 0, 1 },
        { "?n=5", 0, 5 },
        { "?n=12", 0, 12 },
        { "?n=100", 0, 12 },
        { "?last=Z", 3, 12 },
        { "?n=2&last=a", 5, 7 },
        { "?n=2&last=a0", 7, 9 },
        { "?n=10&last=v2", 12, 12 },
        { "?last=zzz", 12, 12 },
        { "?last=", 0, 12 },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Tags_are_in_the_order_of_their_bytes_and_cut_as_asked(string query, int from, int to)
    {
        await PushAllAsync();
        var answer = (await _repository.TagsAsync(query)).Should(HttpStatusCode.OK);
        answer.Type.ShouldNotBeNull().ShouldStartWith("application/json");
        answer.Json["name"]!.GetValue<string>().ShouldBe(_repository.Name);
        Pages.Strings(answer, "tags").ShouldBe(Tags[from..to]);
        if (to == Tags.Length) Pages.Next(answer).ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task The_links_lead_through_all_tags(int n)
    {
        await PushAllAsync();
        var pages = await Pages.FollowAsync(registry, $"{_repository.Path}/tags/list?n={n}");
        pages.SelectMany(p => Pages.Strings(p, "tags")).ShouldBe(Tags);
        pages.Count.ShouldBe((Tags.Length + n - 1) / n);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task A_page_of_no_number_is_refused(string n)
    {
        await _repository.PushImageAsync("v1");
        var answer = await _repository.TagsAsync("?n=" + n);
        answer.Should(HttpStatusCode.BadRequest).ShouldBeFault(HttpStatusCode.BadRequest, "PAGINATION_NUMBER_INVALID", "UNSUPPORTED");
    }

    [Fact]
    public async Task A_repository_that_was_never_pushed_to_is_unknown() =>
        await _repository.TagsAsync().ShouldBeAsync(HttpStatusCode.NotFound, "NAME_UNKNOWN");

    [Fact]
    public async Task A_repository_whose_tags_are_gone_has_an_empty_list()
    {
        await _repository.PushImageAsync("v1");
        (await _repository.DeleteManifestAsync("v1")).Should(HttpStatusCode.Accepted);
        Pages.Strings((await _repository.TagsAsync()).Should(HttpStatusCode.OK), "tags").ShouldBeEmpty();
    }

    private async Task PushAllAsync()
    {
        var image = await _repository.PushImageAsync(tag: null);
        foreach (var tag in Tags) (await _repository.PutManifestAsync(tag, image.Bytes)).Should(HttpStatusCode.Created);
    }
}
