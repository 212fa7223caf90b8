using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>Three images: a base; and two made from it, which add, remove and change packages of several types.</summary>
public sealed class PackageCommandTests(HubProcess hub) : CliFixture(hub), IAsyncLifetime
{
    private static readonly (string, (string, string)[]) BaseLayer =
        ("ADD rootfs", [("usr/lib/os-release", TinyLayout.OsRelease), Debian(("apt", "2.6.0"), ("acl", "2.3"), ("zlib1g", "1:1.2"))]);

    private static readonly (string, (string, string)[]) Upgrade = ("/bin/sh -c apt-get install curl", [Debian(("apt", "2.6.10"), ("curl", "7.88"), ("zlib1g", "1:1.2"))]);

    public async ValueTask InitializeAsync()
    {
        await StoreAsync("base:1", [BaseLayer]);
        await StoreAsync("app:1", [BaseLayer, Upgrade, ("COPY app", [Module("app", "lodash", "4.17.20"), Module("app", "left-pad", "1.0.0")])]);
        await StoreAsync("app:2",
        [
            BaseLayer, Upgrade, ("COPY app", [Module("app", "lodash", "4.17.21"), Module("tool", "lodash", "4.17.20")]),
            ("RUN apt-get remove curl", [Debian(("apt", "2.6.9"), ("zlib1g", "1:1.2"))]),
        ]);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Diff_tells_packages_by_type_with_the_direction_and_the_layer()
    {
        (await RunAsync("diff", "--packages", "app:1", "app:2")).ShouldBe("""
            deb: 1 removed, 1 down
            ~ apt (amd64) 2.6.10 down to 2.6.9   layer 3: RUN apt-get remove curl
            - curl (amd64) 7.88                  layer 1: RUN apt-get install curl
            npm: 1 added, 1 removed
            - left-pad 1.0.0   layer 2: COPY app
            + lodash 4.17.21   layer 2: COPY app

            """);
        var changes = JsonNode.Parse(await RunAsync("diff", "--packages", "--format", "json", "base:1", "app:1"))!["packages"]!.AsArray();
        changes.Select(c => $"{c!["type"]} {c["name"]} {c["change"]} {c["before"]} {c["after"]} {c["layerBefore"]?["position"]} {c["layer"]?["position"]}").ShouldBe(
        [
            "deb acl removed 2.3  0 ", "deb apt up 2.6.0 2.6.10 0 1", "deb curl added  7.88  1",
            "npm left-pad added  1.0.0  2", "npm lodash added  4.17.20  2",
        ]);
        (await RunAsync("diff", "--packages", "app:1", "app:1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Hidden_are_those_that_a_layer_removed_or_replaced()
    {
        var lines = (await RunAsync("packages", "--hidden", "app:2")).Split('\n');
        lines[0].ShouldMatch("^NAME +VERSION +TYPE +ARCH +LAYER +HIDDEN BY +REPLACED BY +INSTRUCTION$");
        lines[1].ShouldMatch("^acl +2.3 +deb +amd64 +0 +1 +- +RUN apt-get install curl$");
        var hidden = JsonNode.Parse(await RunAsync("packages", "--hidden", "--format", "json", "app:2"))!.AsArray();
        hidden.Select(h => $"{h!["name"]} {h["version"]} {h["layer"]!["position"]} {h["hiddenBy"]!["position"]} {h["replacedBy"]}").ShouldBe(
            ["acl 2.3 0 1 ", "apt 2.6.0 0 1 2.6.10", "apt 2.6.10 1 3 2.6.9", "curl 7.88 1 3 "]);
        (await RunAsync("packages", "app:2", "-q")).ShouldNotContain("curl");
        (await RunAsync("packages", "--hidden", "--from-base", "-q", "app:2")).ShouldBe("acl\napt\n");
        (await TryAsync("packages", "--hidden", $"dir:{Folder}")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Packages_are_told_apart_by_the_base()
    {
        var (_, output, errors) = await TryAsync("packages", "app:1");
        errors.ShouldBe("base base:1 (1 layer, by its layers) brought 1 of 5 packages\n");
        output.Split('\n')[0].ShouldMatch("^NAME +VERSION +TYPE +ARCH +FROM +LAYER +INSTRUCTION$");
        output.ShouldContain("yours   1");
        (await RunAsync("packages", "--yours", "-q", "app:1")).ShouldBe("apt\ncurl\nleft-pad\nlodash\n");
        (await RunAsync("packages", "--from-base", "-q", "app:1")).ShouldBe("zlib1g\n");
        var zlib = JsonNode.Parse(await RunAsync("packages", "--format", "json", "app:1"))!.AsArray().Single(p => p!["name"]!.ToString() == "zlib1g")!;
        (zlib["fromBase"]!.GetValue<bool>(), zlib["base"]!.ToString()).ShouldBe((true, "base:1"));

        (await TryAsync("packages", "--yours", "--from-base", "app:1")).Code.ShouldBe(2);
        (await TryAsync("packages", "--yours", "base:1")).Errors.ShouldContain("the base of base:1 is not known");
        (await TryAsync("packages", "--base", "app:2", "app:1")).Errors.ShouldContain("app:2 is not the base: 2 of its 4 layers are the image's first");
        (await TryAsync("packages", "--base", "base:1", "app:1")).Errors.ShouldContain("base base:1 (1 layer, by name)");
    }

    [Fact]
    public async Task Layers_and_history_say_where_the_base_ends()
    {
        var layers = JsonNode.Parse(await RunAsync("layers", "--format", "json", "app:1"))!.AsArray();
        layers.Select(l => l!["fromBase"]!.GetValue<bool>()).ShouldBe([true, false, false]);
        (await RunAsync("layers", "app:1")).Split('\n')[0].ShouldEndWith("FROM    INSTRUCTION");
        var history = (await RunAsync("history", "app:1")).Split('\n');
        history[4].ShouldEndWith("base base:1");
        history.Count(l => l.Contains("base base:1", StringComparison.Ordinal)).ShouldBe(1);
        JsonNode.Parse(await RunAsync("history", "--format", "json", "app:1"))!.AsArray().Select(l => l!["FromBase"]!.GetValue<bool>()).ShouldBe([false, false, false, true]);
        (await RunAsync("why", "app:1", "zlib1g")).ShouldContain(", of the base base:1");
    }

    [Theory]
    [InlineData("cyclonedx-json")]
    [InlineData("spdx-json")]
    public async Task A_bill_of_materials_tells_yours_from_the_bases(string format)
    {
        var file = Path.Combine(Folder, "bom.json");
        await RunAsync("sbom", "-o", format, "--file", file, "app:1");
        (await RunAsync("packages", "--from-base", "-q", file)).ShouldBe("zlib1g\n");
        var first = await File.ReadAllBytesAsync(file);
        await RunAsync("sbom", "-o", format, "--file", file, "app:1");
        (await File.ReadAllBytesAsync(file)).ShouldBe(first);
    }

    [Fact]
    public async Task A_base_that_only_an_annotation_names_is_said_and_not_guessed()
    {
        await StoreAsync("far:1", [("ADD other", [Debian(("dash", "0.5"))])], ("org.opencontainers.image.base.name", "docker.io/library/debian:12"));
        (await TryAsync("packages", "far:1")).Errors.ShouldStartWith("base docker.io/library/debian:12 (by its annotation; it is not in the store");
        var refused = await TryAsync("packages", "--yours", "far:1");
        (refused.Code, refused.Errors.Contains("strata pull docker.io/library/debian:12", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    private async Task StoreAsync(string name, (string, (string, string)[])[] layers, params (string, string)[] annotations)
    {
        var layout = Path.Combine(Folder, name.Replace(':', '-'));
        LayeredLayout.Write(layout, "it", layers, annotations);
        await RunAsync("copy", $"oci:{layout}:it", name);
    }

    private static (string, string) Debian(params (string Name, string Version)[] packages) => ("var/lib/dpkg/status",
        string.Concat(packages.Select(p => $"Package: {p.Name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {p.Version}\n\n")));

    private static (string, string) Module(string place, string name, string version) =>
        ($"{place}/node_modules/{name}/package.json", $$"""{"name":"{{name}}","version":"{{version}}"}""");
}
