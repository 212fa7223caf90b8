using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>A base on a real hub that goes on while an image stays on the old one; and what was decided about its vulnerabilities.</summary>
public sealed class AdviceTests(HubProcess hub) : CliFixture(hub)
{
    private (string, (string, string)[]) Old => ("ADD rootfs /", [Release, Status("1.0")]);

    private static (string, string) Release => ("etc/os-release", "ID=debian\nVERSION_ID=12\n");

    [Fact]
    public async Task A_fresher_a_newer_and_a_smaller_base_are_compared()
    {
        var hubName = $"{Hub.Address}/advice/base";
        await PublishAsync("old", $"{hubName}:1.1", Old);
        await RunAsync("pull", "-q", $"{hubName}:1.1");
        await StoreAsync("app:1", [Old, ("COPY app /", [("app", "mine")])]);
        await PublishAsync("fresh", $"{hubName}:1.1", ("ADD rootfs /", [Release, Status("1.1")]));
        await PublishAsync("newer", $"{hubName}:1.2", ("ADD rootfs /", [Release, Status("2.0"), ("more", string.Concat(Enumerable.Range(0, 900).Select(n => Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(n))))))]));
        await PublishAsync("slim", $"{hubName}:1.1-slim", ("ADD rootfs /", [Release, ("var/lib/dpkg/status", "Package: two\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n")]));
        await AdvisoriesAsync();

        var (code, output, errors) = await TryAsync("advice", "app:1");
        code.ShouldBe(0, errors);
        output.ShouldContain($"refreshed:  FROM {hubName}:1.1@sha256:");
        output.ShouldContain($"strata rebase app:1 --from sha256:");
        errors.ShouldContain("--pull brings what is missing");

        var advice = JsonNode.Parse(await RunAsync("advice", "app:1", "--pull", "--progress", "quiet", "--format", "json"))!;
        (advice["base"]!["counts"]!["high"]!.GetValue<int>(), advice["base"]!["name"]!.ToString()).ShouldBe((1, $"{hubName}:1.1"));
        advice["alternatives"]!.AsArray().Select(a => $"{a!["kind"]} {a["name"]!.ToString()[hubName.Length..]} {a["vulnerabilityDifference"]} {a["sizeDifference"]!.GetValue<long>() > 0}")
            .ShouldBe(["refreshed :1.1 -1 False", "newer :1.2 -1 True", "smaller :1.1-slim -1 False"]);
        // The tag is the fresh one's now, and what the image is built on has no name any more.
        (await TryAsync("advice", "app:1", "--offline")).Errors.ShouldContain("is not known by name");
    }

    [Fact]
    public async Task Who_has_no_base_is_told_what_to_do()
    {
        await StoreAsync("lone:1", [Old]);
        (await TryAsync("advice", "lone:1")).ShouldBe((1, "",
            "strata: the base of lone:1 is not known by name: no image of the store that has one has its first layers, and no annotation names one\n  pull its base, or name it: --base REF\n"));
    }

    [Fact]
    public async Task What_is_attached_to_an_image_decides_when_it_is_asked_for()
    {
        var name = $"{Hub.Address}/advice/vex:1";
        await PublishAsync("vex", name, Old);
        await RunAsync("pull", "-q", name);
        await AdvisoriesAsync();
        using var registry = new RawRegistry(Hub.Address, "advice/vex");
        var image = await registry.GetAsync("1", RawRegistry.Manifest);
        var subject = $$"""{"mediaType":"{{RawRegistry.Manifest}}","digest":"{{RawRegistry.DigestOf(image)}}","size":{{image.Length}}}""";
        const string Vex = """{"@context":"https://openvex.dev/ns/v0.2.0","statements":[{"vulnerability":{"name":"CVE-2024-1111"},"products":[{"@id":"pkg:deb/debian/one"}],"status":"not_affected","justification":"vulnerable_code_not_present"}]}""";
        await registry.AttachAsync(subject, "application/vnd.openvex+json", await registry.PutBlobAsync("application/vnd.openvex+json", Vex));
        await registry.AttachAsync(subject, "application/vnd.openvex+json", await registry.PutBlobAsync("application/vnd.openvex+json", "{broken"));

        (await TryAsync("scan", name, "--fail-on", "high")).Code.ShouldBe(3);
        var (code, output, errors) = await TryAsync("scan", name, "--fail-on", "high", "--vex", "attached", "--format", "json");
        (code, errors.Contains("cannot be read as decisions", StringComparison.Ordinal)).ShouldBe((0, true));
        var suppressed = JsonNode.Parse(output)!["suppressed"]!.AsArray().ShouldHaveSingleItem()!;
        (suppressed["reason"]!.ToString(), suppressed["suppressedBy"]!.ToString()).ShouldSatisfyAllConditions(
            s => s.Item1.ShouldBe("not affected: vulnerable code not present"), s => s.Item2.ShouldEndWith($", attached to {name}"));
        (await TryAsync("scan", name, "--fail-on-root")).Errors.ShouldContain("it names no user");
        (await TryAsync("scan", name, "--fail-on-eol")).Code.ShouldBe(0);
    }

    private async Task AdvisoriesAsync()
    {
        var path = Path.Combine(Folder, "advisories.jsonl");
        await File.WriteAllTextAsync(path, """{"schema_version":"1.6.0","id":"CVE-2024-1111","modified":"2024-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"one"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.1"}]}],"ecosystem_specific":{"urgency":"high"}}]}""", TestContext.Current.CancellationToken);
        await RunAsync("advisories", "update", "--from", path);
    }

    private async Task PublishAsync(string folder, string name, params (string, (string, string)[])[] layers)
    {
        var layout = Path.Combine(Folder, folder);
        LayeredLayout.Write(layout, "it", layers);
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--dest-tls-verify=false", $"oci:{layout}:it", $"docker://{name}");
    }

    private async Task StoreAsync(string name, (string, (string, string)[])[] layers)
    {
        var layout = Path.Combine(Folder, name.Replace(':', '-'));
        LayeredLayout.Write(layout, "it", layers);
        await RunAsync("copy", $"oci:{layout}:it", name);
    }

    private static (string, string) Status(string version) =>
        ("var/lib/dpkg/status", $"Package: one\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n");
}
