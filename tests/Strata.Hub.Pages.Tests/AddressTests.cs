using Strata.Hub.Pages.Addresses;

namespace Strata.Hub.Pages.Tests;

public sealed class AddressTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("library/python", "library/python", null, "")]
    [InlineData("a/tags/b", "a/tags/b", null, "")]
    [InlineData("a/packages:1.0/packages", "a/packages", "1.0", "packages")]
    [InlineData("a:latest/attached/sha256:" + Hex, "a", "latest", "attached/sha256:" + Hex)]
    public void A_name_and_a_view_are_told_apart(string text, string repository, string? tag, string view)
    {
        PageAddress.TryParse(text, out var address).ShouldBeTrue();
        (address!.Repository, address.Tag, address.View).ShouldBe((repository, tag, view));
    }

    [Fact]
    public void A_digest_is_one()
    {
        PageAddress.TryParse($"a/b@sha256:{Hex}/layers", out var address).ShouldBeTrue();
        address!.Digest.ToString().ShouldBe("sha256:" + Hex);
        address.Path.ShouldBe($"/r/a/b@sha256:{Hex}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A/b")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a:")]
    [InlineData("a:.tag")]
    [InlineData("a@sha256:12")]
    [InlineData("a@sha256:" + Hex + "0")]
    public void What_is_no_name_is_none(string? text) => PageAddress.TryParse(text, out _).ShouldBeFalse();
}
