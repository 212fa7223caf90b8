using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>A method that an end-point does not have is said to be so, with those that it has.</summary>
public sealed class MethodTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    [Theory]
    [InlineData("POST", "/v2/")]
    [InlineData("PUT", "/v2/_catalog")]
    [InlineData("PUT", "/v2/{0}/tags/list")]
    [InlineData("DELETE", "/v2/{0}/tags/list")]
    [InlineData("PATCH", "/v2/{0}/manifests/v1")]
    [InlineData("POST", "/v2/{0}/manifests/v1")]
    [InlineData("PUT", "/v2/{0}/blobs/{1}")]
    [InlineData("POST", "/v2/{0}/blobs/{1}")]
    [InlineData("GET", "/v2/{0}/blobs/uploads/")]
    [InlineData("DELETE", "/v2/{0}/referrers/{1}")]
    public async Task A_method_that_is_not_there_is_not_allowed(string method, string path)
    {
        var digest = await _repository.PushBlobAsync(Sample.Bytes());
        var full = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, _repository.Name, digest);
        var answer = (await registry.SendAsync(method, full, method is "GET" or "DELETE" ? null : [])).Should(HttpStatusCode.MethodNotAllowed);
        answer.Header("Allow").ShouldNotBeNull();
    }
}
