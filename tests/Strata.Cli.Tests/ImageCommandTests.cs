using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

public sealed class ImageCommandTests(HubProcess hub) : CliFixture(hub)
{
    [Fact]
    public async Task What_was_pulled_is_listed_in_dockers_columns()
    {
        var name = await PushImageAsync("cli/listed");
        var (_, output, errors) = await TryAsync("pull", name);
        output.ShouldBe(name + "\n");
        errors.ShouldContain("Status: Downloaded newer image for " + name);

        var lines = (await RunAsync("images")).Split('\n');
        lines[0].ShouldMatch("^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE$");
        lines[1].ShouldMatch($"^{Hub.Address}/cli/listed +1 +[0-9a-f]{{12}} +[0-9]+ years ago +[0-9]+B$");
        (await RunAsync("images", "-q")).ShouldMatch("^[0-9a-f]{12}\n$");
        (await RunAsync("images", "--format", "{{.Repository}}:{{.Tag}}")).ShouldBe(name + "\n");
        (await RunAsync("images", "other")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_index_is_pulled_whole_and_a_verb_for_one_image_takes_the_platform_that_is_asked_for()
    {
        var name = await PushImageAsync("cli/all");
        var manifest = await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{name}");
        var digest = "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(manifest)));
        var entries = new[] { "amd64", "s390x" }.Select(a => $$$"""
            {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{digest}}}","size":{{{manifest.Length}}},"platform":{"os":"linux","architecture":"{{{a}}}"}}
            """);
        using var http = new HttpClient();
        using var index = new StringContent($$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(',', entries)}}]}""",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/vnd.oci.image.index.v1+json"));
        (await http.PutAsync(new Uri($"http://{Hub.Address}/v2/cli/all/manifests/2"), index)).EnsureSuccessStatusCode();

        name = name[..^1] + "2";
        await RunAsync("pull", "-q", "--all-platforms", name);
        var row = JsonNode.Parse(await RunAsync("images", "--format", "json"))!.AsArray().Single()!;
        row["Platforms"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["linux/amd64", "linux/s390x"]);
        foreach (var verb in (string[])["inspect", "history", "layers", "packages", "ls"])
        {
            await RunAsync(verb, name);
            await RunAsync(verb, "--platform", "linux/s390x", name);
            (await TryAsync(verb, "--platform", "linux/riscv64", name)).Errors.ShouldContain("it has linux/amd64, linux/s390x");
        }
        (await RunAsync("cat", "--platform", "linux/s390x", name + ":/usr/lib/os-release")).ShouldContain("bookworm");
        (await RunAsync("manifest", name)).ShouldBe(await index.ReadAsStringAsync());
        (await TryAsync("pull", "--all-platforms", "--platform", "linux/s390x", name)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Inspect_is_dockers_json()
    {
        var name = await PushImageAsync("cli/inspected");
        await RunAsync("pull", "-q", name);
        var array = JsonNode.Parse(await RunAsync("inspect", name))!.AsArray();
        var image = array.Single()!;
        image["Id"]!.GetValue<string>().ShouldStartWith("sha256:");
        image["RepoTags"]!.AsArray().Single()!.GetValue<string>().ShouldBe(name);
        image["RepoDigests"]!.AsArray().Single()!.GetValue<string>().ShouldStartWith($"{Hub.Address}/cli/inspected@sha256:");
        image["Config"]!["Cmd"]!.AsArray().Single()!.GetValue<string>().ShouldBe("/bin/true");
        image["Config"]!.AsObject().ContainsKey("Env").ShouldBeTrue();
        image["RootFS"]!["Layers"]!.AsArray().Count.ShouldBe(1);
        (await RunAsync("inspect", "--format", "{{.Os}}/{{.Architecture}}", name)).ShouldBe("linux/amd64\n");
        JsonNode.Parse(await RunAsync("inspect", "--format", "json", name))!.AsObject()["Os"]!.GetValue<string>().ShouldBe("linux");
    }

    [Fact]
    public async Task History_layers_and_packages_tell_the_same_story()
    {
        var name = await PushImageAsync("cli/told");
        await RunAsync("pull", "-q", name);
        (await RunAsync("history", name)).Split('\n')[2].ShouldContain("/bin/sh -c apt-get install acl apt");
        var layer = JsonNode.Parse(await RunAsync("layers", name, "--format", "json"))!.AsArray().Single()!;
        layer["instruction"]!.GetValue<string>().ShouldBe("RUN apt-get install acl apt");
        layer["added"]!.GetValue<int>().ShouldBe(2);

        var packages = JsonNode.Parse(await RunAsync("packages", name, "--format", "json"))!.AsArray();
        packages.Select(p => p!["name"]!.GetValue<string>()).ShouldBe(["acl", "apt"]);
        packages[1]!["purl"]!.GetValue<string>().ShouldBe("pkg:deb/debian/apt@2.6.0?arch=amd64&distro=debian-12");
        packages[1]!["layer"]!["diffID"]!.GetValue<string>().ShouldBe(layer["diffID"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_scan_says_whether_there_was_data_and_finds_what_the_record_says()
    {
        var name = await PushImageAsync("cli/scanned");
        await RunAsync("pull", "-q", name);
        (await RunAsync("scan", name)).ShouldStartWith("Not scanned: There is no advisory data yet");
        (await TryAsync("scan", name, "--fail-on", "low")).Code.ShouldBe(3);

        var records = Path.Combine(Folder, "records.jsonl");
        await File.WriteAllLinesAsync(records,
        [
            Record("DEBIAN-CVE-2024-0001", "apt", "2.6.1"),
            Record("DEBIAN-CVE-2024-0002", "apt", "2.6.0"),
            Record("DEBIAN-CVE-2024-0003", "another", "9"),
        ]);
        await RunAsync("advisories", "update", "--from", records);
        var scan = JsonNode.Parse(await RunAsync("scan", name, "--format", "json"))!;
        scan["state"]!.GetValue<string>().ShouldBe("scanned");
        var finding = scan["findings"]!.AsArray().Single()!;
        finding["id"]!.GetValue<string>().ShouldBe("CVE-2024-0001");
        finding["fixedVersion"]!.GetValue<string>().ShouldBe("2.6.1");
        finding["severity"]!.GetValue<string>().ShouldBe("high");
        (await TryAsync("scan", name, "--fail-on", "high")).Code.ShouldBe(3);
        (await TryAsync("scan", name, "--fail-on", "critical")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task An_image_gets_another_name_and_is_removed_name_by_name()
    {
        var name = await PushImageAsync("cli/tagged");
        await RunAsync("pull", "-q", name);
        await RunAsync("tag", name, "mine:1");
        (await RunAsync("rmi", "mine:1")).ShouldBe("Untagged: mine:1\n");
        (await RunAsync("rmi", name)).ShouldContain("Deleted: sha256:");
        (await RunAsync("images", "-q")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_finds_what_was_pushed_by_its_description()
    {
        await PushImageAsync("cli/found");
        (await RunAsync("search", $"{Hub.Address}/packages", "--format", "{{.Name}} {{.Description}}")).ShouldContain($"{Hub.Address}/cli/found Two packages");
    }

    private static string Record(string id, string package, string fixedIn) => $$"""
        {"id":"{{id}}","modified":"2024-01-01T00:00:00Z","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],"affected":[{"package":{"ecosystem":"Debian:12","name":"{{package}}"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"{{fixedIn}}"}]}]}]}
        """;
}
