using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Determining Support".</summary>
public sealed class SupportTests(Registry registry)
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task The_base_says_that_the_api_is_there(string method) => (await registry.SendAsync(method, "/v2/")).Should(HttpStatusCode.OK);

    [Fact]
    public async Task What_is_no_end_point_is_not_found() => (await registry.SendAsync("GET", "/v2/no-such-end-point")).Should(HttpStatusCode.NotFound);
}
