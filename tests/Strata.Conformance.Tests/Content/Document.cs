using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>A manifest or index as it goes over the wire.</summary>
public sealed record Document(string MediaType, byte[] Bytes, string Digest)
{
    /// <summary>The manifest that it refers to; null for none.</summary>
    public string? Subject => JsonNode.Parse(Bytes)!["subject"]?["digest"]?.GetValue<string>();

    public JsonObject Descriptor => new() { ["mediaType"] = MediaType, ["digest"] = Digest, ["size"] = Bytes.Length };
}
