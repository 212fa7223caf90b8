using Strata.Images.Bases;

namespace Strata.Images.Tests;

public sealed class TagVersionTests
{
    [Theory]
    [InlineData("3.12", "3.11", true)]
    [InlineData("3.9", "3.11", false)]
    [InlineData("3.11", "3.11", false)]
    [InlineData("3.12.1", "3.11", false)] // said more exactly
    [InlineData("4", "3.11", false)]
    [InlineData("3.12-slim", "3.11", false)]
    [InlineData("3.12-slim-bookworm", "3.11-slim-bookworm", true)]
    [InlineData("v2", "v1", true)]
    [InlineData("3.12rc1", "3.11", false)]
    [InlineData("latest", "3.11", false)]
    [InlineData("20240101", "3", true)]
    [InlineData("99999999999999999999", "3", false)]
    public void A_newer_tag_is_the_same_variant_in_a_later_version(string tag, string than, bool newer) =>
        TagVersion.Parse(tag).IsNewerThan(TagVersion.Parse(than)).ShouldBe(newer);

    [Theory]
    [InlineData("3.11-slim", "3.11", true)]
    [InlineData("3.11-alpine3.19", "3.11", true)]
    [InlineData("3.11-slim-bookworm", "3.11-bookworm", true)]
    [InlineData("3.12-slim", "3.11", false)]
    [InlineData("3.11-slim", "3.11-alpine", false)]
    [InlineData("bookworm-slim", "bookworm", true)]
    [InlineData("bullseye-slim", "bookworm", false)]
    [InlineData("slim", "latest", false)]
    public void A_smaller_tag_is_the_same_version_with_less_in_it(string tag, string than, bool smaller) =>
        TagVersion.Parse(tag).IsSmallerThan(TagVersion.Parse(than)).ShouldBe(smaller);
}
