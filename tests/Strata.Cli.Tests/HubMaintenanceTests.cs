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

    private Task<string> HubAsync(params string[] arguments) => RunAsync(["hub", .. arguments, "--hub", Hub.Address, "--data", Hub.Data]);
}
