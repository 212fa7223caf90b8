using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>The advisory database on its way through a real hub, from a machine that has the internet to one that has not.</summary>
public sealed class PublishedAdvisoriesTests(HubProcess hub) : CliFixture(hub)
{
    private string Name => $"{Hub.Address}/site/advisories:1";

    [Fact]
    public async Task A_database_goes_through_the_hub_whole_and_then_by_what_is_new()
    {
        (await TryAsync("advisories", "publish", Name)).Errors.ShouldContain("there is no advisory data to publish");
        (await ElsewhereAsync()).Errors.ShouldContain("strata advisories publish");

        await UpdateAsync(1, 3000);
        (await RunAsync("advisories", "publish", Name)).ShouldContain($"strata advisories update --from oci://{Name}");
        (await RunAsync("advisories", "publish", Name)).ShouldContain("is what is here already");
        (await FetchAsync()).ShouldBe($"3000 records, as {Name} has them\n");
        (await FetchAsync()).ShouldContain("is what is here already");

        await UpdateAsync(2, 1);
        await RunAsync("advisories", "publish", Name);
        await UpdateAsync(3, 1);
        await RunAsync("advisories", "publish", Name);
        var layers = (await ManifestAsync())["layers"]!.AsArray();
        layers.Select(l => l!["mediaType"]!.ToString().Split('.')[^2]).ShouldBe(["delta", "delta", "database"]);
        layers[1]!["size"]!.GetValue<long>().ShouldBeLessThan(layers[2]!["size"]!.GetValue<long>() / 4);
        (await FetchAsync()).ShouldBe($"3002 records, as {Name} has them\n");
        File.ReadAllBytes(Database(Other)).ShouldBe(File.ReadAllBytes(Database(Root)));
    }

    [Fact]
    public async Task What_is_no_database_of_advisories_is_told()
    {
        var image = await PushImageAsync("site/image");
        (await TryAsync("advisories", "update", "--from", $"oci://{image}")).ShouldBe((1, "", $"strata: {image} is no advisory database\n  name another repository or tag\n"));
    }

    private string Other => Path.Combine(Folder, "other");

    private async Task<string> FetchAsync()
    {
        var (code, output, errors) = await ElsewhereAsync();
        code.ShouldBe(0, errors);
        return output;
    }

    private Task<(int Code, string Output, string Errors)> ElsewhereAsync() =>
        RealTool.TryAsync(Checkout.Program("Strata.Cli", "strata"), ["--root", Other, "advisories", "update", "--from", $"oci://{Name}"]);

    private static string Database(string root) => Path.Combine(root, "advisories", "advisories.db");

    private async Task<JsonNode> ManifestAsync() => JsonNode.Parse(await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{Name}"))!;

    private async Task UpdateAsync(int source, int records)
    {
        var path = Path.Combine(Folder, $"{source}.jsonl");
        await File.WriteAllLinesAsync(path, Enumerable.Range(0, records).Select(n =>
            $$"""{"schema_version":"1.6.0","id":"TEST-{{source}}-{{n}}","modified":"2024-01-01T00:00:00Z","summary":"{{Guid.NewGuid()}}","affected":[{"package":{"ecosystem":"PyPI","name":"p{{n}}"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}"""), TestContext.Current.CancellationToken);
        await RunAsync("advisories", "update", "--from", path);
    }
}
