using System.Text;
using System.Text.Json.Nodes;
using Strata.Oci;
using Strata.Packages.Formats.Attached;

namespace Strata.Packages.Tests.Formats;

public sealed class AttachedSbomTests
{
    private const string CycloneDx = """{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"timestamp":"2024-01-02T03:04:05Z","tools":{"components":[{"name":"syft","version":"1.0"}]}},"components":[{"type":"library","name":"x","purl":"pkg:npm/x@1"}]}""";
    private const string Spdx = """{"spdxVersion":"SPDX-2.3","creationInfo":{"created":"2024-01-02T03:04:05Z","creators":["Organization: o","Tool: buildkit-v0.13"]},"packages":[{"name":"x","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:deb/debian/x@1"}]}]}""";
    private static readonly Digest Image = Digest.Of("image"u8);

    [Theory]
    [InlineData(CycloneDx, "cyclonedx", "1.5", "syft 1.0")]
    [InlineData(Spdx, "spdx", "2.3", "buildkit-v0.13")]
    public void A_document_is_read_as_it_is_and_from_whatever_it_is_wrapped_in(string document, string format, string version, string tool)
    {
        var type = format == "spdx" ? "https://spdx.dev/Document/v2.3" : "https://cyclonedx.org/bom";
        foreach (var (wrapped, signed) in new[]
        {
            (document, false),
            (Statement(type, JsonNode.Parse(document)!), false),
            (Envelope(Statement(type, JsonNode.Parse(document)!)), true),
            (Bundle(Envelope(Statement(type, JsonNode.Parse(document)!))), true),
            (Envelope(Statement(type, JsonValue.Create(document))), true),
            (Envelope(Statement(type, new JsonObject { ["Data"] = document, ["Timestamp"] = "x" })), true),
        })
        {
            var read = Read(wrapped)!;
            (read.Format, read.FormatVersion, read.Tool, read.Created, read.IsSigned).ShouldBe((format, version, tool, "2024-01-02T03:04:05Z", signed));
            read.Packages.Packages.ShouldHaveSingleItem().Name.ShouldBe("x");
            Encoding.UTF8.GetString(read.Document.Span).ShouldBe(document);
        }
    }

    [Fact]
    public void A_statement_of_something_else_is_no_bill_of_materials()
    {
        Read(Statement("https://slsa.dev/provenance/v1", new JsonObject())).ShouldBeNull();
        Read(Envelope(Statement("https://slsa.dev/provenance/v0.2", new JsonObject()))).ShouldBeNull();
    }

    [Fact]
    public void A_statement_about_another_image_is_refused_and_one_about_none_is_about_what_it_is_attached_to()
    {
        Should.Throw<InvalidDataException>(() => Read(Statement("https://cyclonedx.org/bom", JsonNode.Parse(CycloneDx)!, Digest.Of("other"u8).Hex))).Message.ShouldContain("another image");
        Read(Statement("https://cyclonedx.org/bom", JsonNode.Parse(CycloneDx)!, hex: null)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "no object")]
    [InlineData("{\"bomFormat\":\"Cyc", "no JSON")]
    [InlineData("{}", "neither")]
    [InlineData("""{"spdxVersion":"SPDX-3.0"}""", "neither")]
    [InlineData("""{"payload":"%%%","signatures":[]}""", "Base64")]
    [InlineData("""{"payload":"e30=","signatures":7}""", "neither")]
    [InlineData("""{"predicateType":"https://spdx.dev/Document"}""", "without a predicate")]
    [InlineData("""{"predicateType":"https://spdx.dev/Document","subject":[1,{"digest":7}],"predicate":{}}""", "another image")]
    [InlineData("""{"predicateType":"https://spdx.dev/Document","predicate":[]}""", "no object")]
    public void What_is_broken_is_said(string content, string fault) =>
        Should.Throw<InvalidDataException>(() => Read(content)).Message.ShouldContain(fault);

    [Fact]
    public void Wrappers_without_end_are_refused()
    {
        var text = CycloneDx;
        for (var i = 0; i < 5; i++) text = Envelope(text);
        Should.Throw<InvalidDataException>(() => Read(text)).Message.ShouldContain("wrapped");
    }

    private static AttachedSbom? Read(string content) => AttachedSbomReader.Read(Encoding.UTF8.GetBytes(content), [Image]);

    private static string Statement(string type, JsonNode predicate) => Statement(type, predicate, Image.Hex);

    private static string Statement(string type, JsonNode predicate, string? hex) => new JsonObject
    {
        ["_type"] = "https://in-toto.io/Statement/v0.1",
        ["predicateType"] = type,
        ["subject"] = hex is null ? new JsonArray() : new JsonArray(new JsonObject { ["name"] = "_", ["digest"] = new JsonObject { ["sha256"] = hex } }),
        ["predicate"] = predicate,
    }.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static string Envelope(string payload) =>
        $$"""{"payloadType":"application/vnd.in-toto+json","payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload))}}","signatures":[{"sig":"MEUC"}]}""";

    private static string Bundle(string envelope) => $$"""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{{envelope}}}""";
}
