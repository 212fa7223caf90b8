using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

public sealed class HubMaintenanceTests(HubProcess hub) : CliFixture(hub)
{
    [Fact]
    public async Task A_hub_is_cleaned_and_checked_while_it_runs()
    {
        await PushImageAsync("kept/app");
        var garbage = JsonNode.Parse(await HubAsync("garbage", "--dry-run", "--format", "json"))!;
        ((bool?)garbage["dry_run"]).ShouldBe(true);
        ((long?)garbage["blobs"]).ShouldBe(0);
        (await HubAsync("garbage")).ShouldBe("0 manifests and 0 blobs gone, 0B freed\n");
        (await HubAsync("check")).ShouldContain(" blobs read, ");
    }

    [Fact]
    public async Task A_deleted_tag_is_brought_back()
    {
        var name = await PushImageAsync("undo/app");
        await RealTool.RunAsync("skopeo", "delete", "--tls-verify=false", $"docker://{name}");
        (await TryAsync("pull", name)).Code.ShouldBe(1);
        (await HubAsync("history", "undo/app")).ShouldContain("true");
        (await HubAsync("restore", "undo/app:1")).ShouldStartWith("undo/app:1 is sha256:");
        await RunAsync("pull", "--quiet", name);
    }

    [Fact]
    public async Task What_cannot_be_brought_back_is_said_in_two_lines()
    {
        var (code, _, errors) = await TryAsync("hub", "restore", "undo/none:1", "--hub", Hub.Address, "--data", Hub.Data);
        code.ShouldBe(1);
        errors.Trim().Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_namespace_keeps_is_said_and_limited_and_a_push_beyond_it_refused_with_both_numbers()
    {
        var name = await PushImageAsync("full/app");
        (await HubAsync("quota", "full", "1B")).ShouldStartWith("full keeps ");
        (await HubAsync("quota", "full")).ShouldContain(" and may keep 1B\n  full/app  ");
        ((long?)JsonNode.Parse(await HubAsync("quota", "full", "--format", "json"))!["limit"]).ShouldBe(1);
        var other = name.Replace("full/app", "full/other", StringComparison.Ordinal);
        var (code, _, errors) = await RealTool.TryAsync("skopeo", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{name}", $"docker://{other}");
        code.ShouldBe(1);
        errors.ShouldContain("the namespace full may keep 1 B and keeps ");
        (await HubAsync("quota", "full", "none")).ShouldContain(" and may keep any number of bytes\n");
        (await TryAsync("hub", "quota", "full", "lots", "--hub", Hub.Address, "--data", Hub.Data)).Errors.ShouldContain("'lots' must be ");
    }

    private Task<string> HubAsync(params string[] arguments) => RunAsync(["hub", .. arguments, "--hub", Hub.Address, "--data", Hub.Data]);
}
