using System.Text;
using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

public sealed class AttachedSbomTests(HubProcess hub) : CliFixture(hub)
{
    private const string CycloneDx = """{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"tools":[{"name":"syft","version":"1.0"}]},"components":[{"type":"library","name":"one","purl":"pkg:npm/one@1"}]}""";
    private const string Spdx = """{"spdxVersion":"SPDX-2.3","creationInfo":{"creators":["Tool: buildkit"]},"packages":[{"name":"a","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:deb/debian/a@1"}]},{"name":"b","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:deb/debian/b@1"}]}]}""";
    private const string Statement = "application/vnd.in-toto+json";

    /// <summary>Our hub lists referrers; docker-registry does not, and gets the tag that stands for the list.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_attached_is_listed_and_printed_and_attaching_again_changes_nothing(bool ours)
    {
        await using var other = ours ? null : await DockerRegistry.StartAsync();
        var registry = other?.Address ?? Hub.Address;
        var name = await PushImageAsync("attach/app", registry);
        await RunAsync("pull", "-q", name);
        (await TryAsync("sbom", name, "--attached")).Errors.ShouldContain($"no bill of materials is attached to {name}");

        var attached = await RunAsync("sbom", name, "--attach");
        attached.ShouldMatch($"^{registry}/attach/app@sha256:[0-9a-f]{{64}}\n$");
        (await RunAsync("sbom", name, "--attach")).ShouldBe(attached);
        await RunAsync("sbom", name, "--attach", "-o", "spdx-json");

        var list = JsonNode.Parse(await RunAsync("sbom", name, "--attached", "--format", "json"))!.AsArray();
        list.Select(a => $"{a!["format"]} {a["formatVersion"]} {a["packages"]} {a["attachedBy"]} {a["fault"]}").Order(StringComparer.Ordinal)
            .ShouldBe(["cyclonedx 1.6 2 referrer ", "spdx 2.3 2 referrer "]);
        foreach (var format in (string[])["cyclonedx-json", "spdx-json"])
            (await RunAsync("sbom", name, "--attached", "-o", format)).ShouldBe(await RunAsync("sbom", name, "-o", format));
        var first = list[0]!["digest"]!.ToString();
        (await RunAsync("sbom", name, "--attached", "--digest", first[..20])).ShouldNotBeEmpty();
        (await TryAsync("sbom", name, "--attached", "--digest", "0000")).Errors.ShouldContain("no bill of materials 0000 is attached");
        var (_, packages, errors) = await TryAsync("packages", name, "--attached", "-q");
        packages.ShouldBe("acl\napt\n");

        // As another client sees it: an OCI artifact whose subject is the image.
        var raw = JsonNode.Parse(await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{attached.Trim()}"))!;
        raw["artifactType"]!.ToString().ShouldBe("application/vnd.cyclonedx+json");
        raw["config"]!["mediaType"]!.ToString().ShouldBe("application/vnd.oci.empty.v1+json");
        var image = await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{name}");
        raw["subject"]!["digest"]!.ToString().ShouldBe(RawRegistry.DigestOf(image));
        if (!ours)
        {
            var tag = RawRegistry.DigestOf(image).Replace(':', '-');
            var index = JsonNode.Parse(await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{registry}/attach/app:{tag}"))!;
            index["manifests"]!.AsArray().Select(m => m!["artifactType"]!.ToString()).ShouldBe(["application/vnd.cyclonedx+json", "application/spdx+json"]);
        }
    }

    [Fact]
    public async Task What_others_attach_is_read_and_what_is_broken_does_not_hide_the_rest()
    {
        var name = await PushImageAsync("attach/others", Hub.Address);
        using var registry = new RawRegistry(Hub.Address, "attach/others");
        var image = await registry.GetAsync("1", RawRegistry.Manifest);
        var digest = RawRegistry.DigestOf(image);
        var subject = $$"""{"mediaType":"{{RawRegistry.Manifest}}","digest":"{{digest}}","size":{{image.Length}}}""";

        // As oras attaches a file without saying its type.
        await registry.AttachAsync(subject, "application/vnd.cyclonedx+json", await registry.PutBlobAsync("application/vnd.oci.image.layer.v1.tar", CycloneDx));
        // As cosign does: a tag with an envelope.
        var config = await registry.PutBlobAsync("application/vnd.oci.image.config.v1+json", """{"architecture":"","os":"","rootfs":{"type":"layers","diff_ids":[]}}""");
        var envelope = $$"""{"payloadType":"{{Statement}}","payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(StatementOf(digest, "https://spdx.dev/Document", Spdx)))}}","signatures":[{"sig":"x"}]}""";
        var layer = await registry.PutBlobAsync("application/vnd.dsse.envelope.v1+json", envelope, """{"predicateType":"https://spdx.dev/Document"}""");
        await registry.PutManifestAsync(digest.Replace(':', '-') + ".att", RawRegistry.Manifest,
            $$"""{"schemaVersion":2,"mediaType":"{{RawRegistry.Manifest}}","config":{{config}},"layers":[{{layer}}]}""");
        // A signature and a provenance are none; a broken one, one of another form, and one about another image are said.
        await registry.AttachAsync(subject, "application/vnd.dev.cosign.artifact.sig.v1+json", await registry.PutBlobAsync("application/vnd.dev.cosign.simplesigning.v1+json", "{}"));
        await registry.AttachAsync(subject, Statement, await registry.PutBlobAsync(Statement, StatementOf(digest, "https://slsa.dev/provenance/v1", "{}")));
        await registry.AttachAsync(subject, "application/spdx+json", await registry.PutBlobAsync("application/spdx+json", "{broken"));
        await registry.AttachAsync(subject, "text/spdx", await registry.PutBlobAsync("text/spdx", "SPDXVersion: SPDX-2.3"));
        await registry.AttachAsync(subject, Statement, await registry.PutBlobAsync(Statement, StatementOf("sha256:" + new string('0', 64), "https://cyclonedx.org/bom", CycloneDx)));

        var (code, output, errors) = await TryAsync("sbom", name, "--attached", "--format", "json");
        code.ShouldBe(0);
        JsonNode.Parse(output)!.AsArray().Where(a => a!["fault"] is null).Select(a => $"{a!["format"]} {a["tool"]} {a["attachedBy"]} {a["signed"]} {a["packages"]}").Order(StringComparer.Ordinal)
            .ShouldBe(["cyclonedx syft 1.0 referrer false 1", "spdx buildkit tag true 2"]);
        errors.ShouldContain("it is no JSON");
        errors.ShouldContain("it is text/spdx; CycloneDX JSON and SPDX 2 JSON are read");
        errors.ShouldContain("it is a statement about another image");
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        (await RunAsync("sbom", name, "--attached", "-o", "spdx-json")).ShouldBe(Spdx);
        (await TryAsync("packages", name, "--attached")).Output.ShouldContain("one");
    }

    [Fact]
    public async Task BuildKits_attestations_are_found_in_the_index_for_the_platform_that_is_meant()
    {
        await PushImageAsync("attach/kit", Hub.Address);
        using var registry = new RawRegistry(Hub.Address, "attach/kit");
        var image = await registry.GetAsync("1", RawRegistry.Manifest);
        var digest = RawRegistry.DigestOf(image);
        var config = await registry.PutBlobAsync("application/vnd.oci.image.config.v1+json", """{"architecture":"unknown","os":"unknown","rootfs":{"type":"layers","diff_ids":[]}}""");
        var sbom = await registry.PutBlobAsync(Statement, StatementOf(digest, "https://spdx.dev/Document", Spdx), """{"in-toto.io/predicate-type":"https://spdx.dev/Document"}""");
        var provenance = await registry.PutBlobAsync(Statement, StatementOf(digest, "https://slsa.dev/provenance/v0.2", "{}"), """{"in-toto.io/predicate-type":"https://slsa.dev/provenance/v0.2"}""");
        var attestation = await registry.PutManifestAsync(null, RawRegistry.Manifest,
            $$"""{"schemaVersion":2,"mediaType":"{{RawRegistry.Manifest}}","config":{{config}},"layers":[{{sbom}},{{provenance}}]}""");
        await registry.PutManifestAsync("2", RawRegistry.Index, $$$"""
            {"schemaVersion":2,"mediaType":"{{{RawRegistry.Index}}}","manifests":[
              {"mediaType":"{{{RawRegistry.Manifest}}}","digest":"{{{digest}}}","size":{{{image.Length}}},"platform":{"os":"linux","architecture":"amd64"}},
              {{{attestation[..^1]}}},"platform":{"os":"unknown","architecture":"unknown"},
               "annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"{{{digest}}}"}}]}
            """);
        var list = JsonNode.Parse(await RunAsync("sbom", $"{Hub.Address}/attach/kit:2", "--attached", "--platform", "linux/amd64", "--format", "json"))!.AsArray();
        list.Select(a => $"{a!["format"]} {a["tool"]} {a["attachedBy"]} {a["packages"]}").ShouldBe(["spdx buildkit index 2"]);
    }

    [Fact]
    public async Task Attaching_says_what_is_missing()
    {
        var name = await PushImageAsync("attach/missing", Hub.Address);
        await RunAsync("pull", "-q", name);
        await RunAsync("tag", name, $"{Hub.Address}/attach/elsewhere:1");
        (await TryAsync("sbom", $"{Hub.Address}/attach/elsewhere:1", "--attach")).Errors.ShouldContain($"strata push {Hub.Address}/attach/elsewhere:1");
        (await TryAsync("sbom", $"dir:{Folder}", "--attach")).Code.ShouldBe(2);
        (await TryAsync("sbom", name, "--attach", "--attached")).Code.ShouldBe(2);
        (await TryAsync("sbom", name, "--digest", "abcd")).Code.ShouldBe(2);
        var id = (await RunAsync("images", "-q")).Split('\n')[0];
        (await TryAsync("sbom", id, "--attach")).Errors.ShouldContain(name);
        (await TryAsync("packages", name, "--attached")).Errors.ShouldContain($"strata sbom {name} --attach");
        (await TryAsync("sbom", $"{Hub.Address}/attach/nowhere:1", "--attached")).Code.ShouldBe(1);
    }

    private static string StatementOf(string digest, string type, string predicate) =>
        $$$"""{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"{{{type}}}","subject":[{"name":"_","digest":{"sha256":"{{{digest["sha256:".Length..]}}}"} }],"predicate":{{{predicate}}} }""";
}
