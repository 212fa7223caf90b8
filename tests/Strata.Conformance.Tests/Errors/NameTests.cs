using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>The grammar of repository names. Distribution spec, "Pulling manifests".</summary>
public sealed class NameTests(Registry registry)
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("a/b/c/d/e/f/g/h")]
    [InlineData("a.b/c_d/e__f/g-h/i--j/k---l")]
    [InlineData("a0.9z_8/1/2")]
    [InlineData("blobs/uploads")]
    [InlineData("x/manifests/y")]
    [InlineData("x/tags/list")]
    [InlineData("x/blobs/uploads/y")]
    [InlineData("x/referrers")]
    public async Task A_name_may_be_of_every_form_that_the_grammar_has(string name)
    {
        var repository = registry.Named(name);
        var image = await repository.PushImageAsync("v1");
        (await repository.GetManifestAsync("v1")).Should(HttpStatusCode.OK).Body.ShouldBe(image.Bytes);
        Pages.Strings((await repository.TagsAsync()).Should(HttpStatusCode.OK), "tags").ShouldContain("v1");
    }

    [Fact]
    public async Task A_name_may_have_255_characters()
    {
        var longest = registry.Named("conformance/" + new string('a', 255 - "conformance/".Length));
        await longest.PushImageAsync("v1");
        (await longest.HeadManifestAsync("v1")).Should(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("a/B")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("a//b")]
    [InlineData("a._b")]
    [InlineData("a%20b")]
    [InlineData("a@b")]
    [InlineData("%C3%A9")]
    public async Task What_is_no_name_is_refused(string name)
    {
        var repository = registry.Named(name);
        var begun = await registry.SendAsync("POST", repository.UploadsPath, []);
        begun.Should(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        if (begun.Status == HttpStatusCode.BadRequest) begun.ShouldBeFault(HttpStatusCode.BadRequest, "NAME_INVALID");
        (await repository.GetManifestAsync("v1")).Should(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
    }
}
