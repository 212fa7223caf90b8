using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

public sealed class ScanOutputTests(HubProcess hub) : CliFixture(hub)
{
    private const string Records = """
        {"id":"DEBIAN-CVE-2024-0001","upstream":["CVE-2024-0001"],"modified":"2024-01-01T00:00:00Z","summary":"A | hole","references":[{"type":"WEB","url":"https://example.org/1"}],"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"affected":[{"package":{"ecosystem":"Debian:12","name":"openssl"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"3.0.15-1"}]}]}]}
        {"id":"GHSA-aaaa-bbbb-cccc","aliases":["CVE-2024-0002"],"modified":"2024-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left-pad"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}

        """;

    [Fact]
    public async Task An_image_its_documents_and_its_folder_have_the_same_findings()
    {
        var folder = MakeRoot();
        await UpdateAsync();
        await RealTool.RunAsync("tar", "-C", folder, "-cf", Path.Combine(Folder, "root.tar"), ".");
        await RunAsync("import", Path.Combine(Folder, "root.tar"), "scanned:1");
        var cycloneDx = await DocumentAsync("cyclonedx-json");
        var spdx = await DocumentAsync("spdx-json");

        var ofImage = await FoundAsync("scanned:1");
        ofImage.ShouldBe(["CVE-2024-0001 libssl3 3.0.9-1 3.0.15-1 critical", "CVE-2024-0001 openssl 3.0.9-1 3.0.15-1 critical", "CVE-2024-0002 left-pad 1.0.0  unknown"]);
        (await FoundAsync($"dir:{folder}")).ShouldBe(ofImage);
        (await FoundAsync(cycloneDx)).ShouldBe(ofImage);
        (await FoundAsync(spdx)).ShouldBe(ofImage);
    }

    [Fact]
    public async Task Every_output_has_the_findings_and_what_does_not_count()
    {
        var subject = $"dir:{MakeRoot()}";
        await UpdateAsync();
        var vex = Path.Combine(Folder, "ignore.json");
        await File.WriteAllTextAsync(vex, """{"ignore":[{"id":"CVE-2024-0002","reason":"never called"}]}""", TestContext.Current.CancellationToken);

        var sarif = JsonNode.Parse(await RunAsync("scan", subject, "--vex", vex, "--output", "sarif"))!;
        ((string)sarif["version"]!).ShouldBe("2.1.0");
        var run = sarif["runs"]![0]!;
        run["tool"]!["driver"]!["rules"]!.AsArray().Select(r => (string)r!["id"]!).ShouldBe(["CVE-2024-0001", "CVE-2024-0002"]);
        run["results"]!.AsArray().Count(r => r!["suppressions"] is null).ShouldBe(2);
        var suppressed = run["results"]!.AsArray().Single(r => r!["suppressions"] is not null)!;
        ((string)suppressed["suppressions"]![0]!["justification"]!).ShouldBe("never called");
        ((string)suppressed["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!).ShouldBe("app/node_modules/left-pad/package.json");

        var markdown = await RunAsync("scan", subject, "--vex", vex, "--output", "markdown");
        markdown.ShouldContain("| CVE-2024-0001 | critical | ");
        markdown.ShouldContain("| CVE-2024-0002 | left-pad | never called (ignore.json) |");

        var cycloneDx = JsonNode.Parse(await RunAsync("scan", subject, "--vex", vex, "--output", "cyclonedx"))!;
        var references = cycloneDx["components"]!.AsArray().Select(c => (string)c!["bom-ref"]!).ToArray();
        var vulnerabilities = cycloneDx["vulnerabilities"]!.AsArray();
        vulnerabilities.Count.ShouldBe(2);
        vulnerabilities.SelectMany(v => v!["affects"]!.AsArray()).Select(a => (string)a!["ref"]!).ShouldBeSubsetOf(references);
        ((string)vulnerabilities[1]!["analysis"]!["state"]!).ShouldBe("not_affected");
    }

    [Fact]
    public async Task SARIF_is_valid_by_its_schema_and_has_what_code_scanning_asks_for()
    {
        var schema = Path.Combine(await NpmPackage.RequireAsync("@microsoft/jest-sarif", "1.0.0-beta.0"), "lib", "schemas", "sarif-2.1.0-rtm.5.json");
        var subject = $"dir:{MakeRoot()}";
        await UpdateAsync();
        var file = Path.Combine(Folder, "out.sarif");
        await File.WriteAllTextAsync(file, await RunAsync("scan", subject, "--vex", await IgnoreAsync(), "--output", "sarif"), TestContext.Current.CancellationToken);
        await JudgeAsync("Draft4Validator(json.loads(pathlib.Path(sys.argv[1]).read_text()))", schema, file);

        var run = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["runs"]![0]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        rules.Select(r => (string)r!["properties"]!["security-severity"]!).ShouldBe(["9.8", "0.0"]);
        rules.ShouldAllBe(r => r!["help"]!["text"]!.GetValue<string>().Length > 0 && r["help"]!["markdown"] != null && r["fullDescription"] != null);
        run["results"]!.AsArray().Select(r => (string)r!["partialFingerprints"]!["primaryLocationLineHash"]!).ShouldBeUnique();
        run["results"]!.AsArray().ShouldAllBe(r => (string)rules[(int)r!["ruleIndex"]!]!["id"]! == (string)r["ruleId"]!);
        ((string)run["automationDetails"]!["id"]!).ShouldBe($"strata/{subject}/");
    }

    [Fact]
    public async Task CycloneDX_with_vulnerabilities_is_valid_by_its_schema()
    {
        var schemas = Path.Combine(await NpmPackage.RequireAsync("@cyclonedx/cyclonedx-library", "10.3.0"), "res", "schema");
        var subject = $"dir:{MakeRoot()}";
        await UpdateAsync();
        var file = Path.Combine(Folder, "out.json");
        await File.WriteAllTextAsync(file, await RunAsync("scan", subject, "--vex", await IgnoreAsync(), "--output", "cyclonedx"), TestContext.Current.CancellationToken);
        await JudgeAsync("Draft7Validator(by['bom-1.6.SNAPSHOT.schema.json'], resolver=jsonschema.RefResolver('', {}, store=store))", schemas, file);
    }

    /// <summary>Asks the schema; whatever it refuses is in the error.</summary>
    private static async Task JudgeAsync(string validator, string schemas, string document)
    {
        var script = $"""
            import json, sys, pathlib, jsonschema
            by, store = {"{}"}, {"{}"}
            if pathlib.Path(sys.argv[1]).is_dir():
                for f in pathlib.Path(sys.argv[1]).glob('*.schema.json'):
                    by[f.name] = s = json.loads(f.read_text())
                    for name in (s['$id'], 'http://cyclonedx.org/schema/' + f.name, 'http://cyclonedx.org/schema/' + f.name.replace('.SNAPSHOT', '')): store[name] = s
            validator = jsonschema.{validator}
            print('\n'.join('/'.join(map(str, e.path)) + ': ' + e.message[:300] for e in validator.iter_errors(json.loads(pathlib.Path(sys.argv[2]).read_text()))))
            """;
        (await RealTool.RunAsync("/usr/bin/python3", "-c", script, schemas, document)).Trim().ShouldBeEmpty();
    }

    private async Task<string> IgnoreAsync()
    {
        var vex = Path.Combine(Folder, "ignore.json");
        await File.WriteAllTextAsync(vex, """{"ignore":[{"id":"CVE-2024-0002","reason":"never called"}]}""", TestContext.Current.CancellationToken);
        return vex;
    }

    [Fact]
    public async Task Gates_answer_with_3()
    {
        var subject = $"dir:{MakeRoot()}";
        await UpdateAsync();
        (await TryAsync("scan", subject, "--fail-on", "critical")).Code.ShouldBe(3);
        (await TryAsync("scan", subject, "--fail-on-kev")).Code.ShouldBe(0);
        var old = await TryAsync("scan", subject, "--fail-older-than", "30");
        (old.Code, old.Errors).ShouldBe((3, old.Errors));
        old.Errors.ShouldContain("1 that could be fixed for more than 30 days");
        var (code, _, errors) = await TryAsync("scan", subject, "--vex", "nowhere.json");
        code.ShouldBe(1);
        errors.ShouldContain("cannot be read as decisions");
    }

    private string MakeRoot()
    {
        var root = Path.Combine(Folder, "rootfs");
        Write(root, "etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
        Write(root, "var/lib/dpkg/status", """
            Package: openssl
            Status: install ok installed
            Architecture: amd64
            Version: 3.0.9-1

            Package: libssl3
            Status: install ok installed
            Architecture: amd64
            Source: openssl
            Version: 3.0.9-1

            """);
        Write(root, "app/node_modules/left-pad/package.json", """{"name":"left-pad","version":"1.0.0"}""");
        return root;
    }

    private static void Write(string root, string path, string text)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text.ReplaceLineEndings("\n"));
    }

    private async Task UpdateAsync()
    {
        var records = Path.Combine(Folder, "records.jsonl");
        await File.WriteAllTextAsync(records, Records, TestContext.Current.CancellationToken);
        await RunAsync("advisories", "update", "--from", records);
    }

    private async Task<string> DocumentAsync(string form)
    {
        var path = Path.Combine(Folder, form + ".json");
        await RunAsync("sbom", "scanned:1", "--output", form, "--file", path);
        return path;
    }

    private async Task<string[]> FoundAsync(string subject)
    {
        var scan = JsonNode.Parse(await RunAsync("scan", subject, "--format", "json"))!;
        ((string)scan["state"]!).ShouldBe("scanned");
        return
        [
            .. scan["findings"]!.AsArray().SelectMany(f => f!["packages"]!.AsArray()
                .Select(p => $"{f["id"]} {p!["name"]} {p["version"]} {f["fixedVersion"]} {f["severity"]}")).Order(StringComparer.Ordinal),
        ];
    }
}
