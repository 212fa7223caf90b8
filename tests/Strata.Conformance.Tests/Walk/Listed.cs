using System.Net;
using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>The list of referrers, held against what was pushed.</summary>
internal static class Listed
{
    public static async Task ShouldBeAsync(Repository repository, string subject, IEnumerable<Referrer> expected, string? type = null)
    {
        var wanted = expected.ToDictionary(r => r.Manifest.Digest, StringComparer.Ordinal);
        var answer = await repository.ReferrersAsync(subject, type is null ? "" : "?artifactType=" + Uri.EscapeDataString(type));
        var listed = Of(answer);
        if (type is not null) answer.Values("OCI-Filters-Applied").ShouldContain("artifactType");
        listed.Select(e => e["digest"]!.GetValue<string>()).ShouldBe(wanted.Keys, ignoreOrder: true);
        foreach (var entry in listed) wanted[entry["digest"]!.GetValue<string>()].ShouldBe(entry);
    }

    /// <summary>The entries of a page that has the form of an index.</summary>
    public static JsonObject[] Of(Answer answer)
    {
        answer.Should(HttpStatusCode.OK).Type.ShouldBe(MediaTypes.Index);
        answer.Json["schemaVersion"]!.GetValue<int>().ShouldBe(2);
        answer.Json["mediaType"]!.GetValue<string>().ShouldBe(MediaTypes.Index);
        return [.. answer.Json["manifests"]!.AsArray().Select(e => e!.AsObject())];
    }
}
