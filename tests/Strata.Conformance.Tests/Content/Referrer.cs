using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>How a manifest must be listed below its subject. Distribution spec, "Listing Referrers".</summary>
internal sealed record Referrer(string Subject, Document Manifest, string? ArtifactType, JsonObject? Annotations)
{
    public static Referrer Of(string subject, Document manifest, JsonObject json)
    {
        // An image without an artifact type is known by its config's; an index has nothing to be known by.
        var type = json["artifactType"]?.GetValue<string>() ?? json["config"]?["mediaType"]?.GetValue<string>();
        return new Referrer(subject, manifest, type, json["annotations"]?.DeepClone().AsObject());
    }

    public void ShouldBe(JsonObject listed)
    {
        listed["mediaType"]!.GetValue<string>().ShouldBe(Manifest.MediaType);
        listed["size"]!.GetValue<long>().ShouldBe(Manifest.Bytes.Length);
        listed["artifactType"]?.GetValue<string>().ShouldBe(ArtifactType);
        foreach (var (name, value) in Annotations ?? []) listed["annotations"]![name]!.GetValue<string>().ShouldBe(value!.GetValue<string>());
    }
}
