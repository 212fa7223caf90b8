using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

public sealed class BudgetCommandTests(HubProcess hub) : CliFixture(hub)
{
    [Fact]
    public async Task A_budget_on_the_command_line_takes_images_with_names_and_a_dry_run_says_so_first()
    {
        var name = await PushImageAsync("cli/budget");
        await RunAsync("pull", "-q", name);
        JsonNode.Parse(await RunAsync("prune", "--format", "json"))!["untagged"]!.AsArray().ShouldBeEmpty();
        JsonNode.Parse(await RunAsync("prune", "--max-used-space", "50%", "--keep-duration", "48h", "--format", "json"))!["withinBudget"]!.GetValue<bool>().ShouldBeTrue();
        var would = JsonNode.Parse(await RunAsync("prune", "--keep-storage", "0", "--dry-run", "--format", "json"))!;
        would["untagged"]!.AsArray().Single()!.ToString().ShouldBe(name);
        var pruned = JsonNode.Parse(await RunAsync("prune", "--max-used-space", "0", "--format", "json"))!;
        (pruned["freed"]!.GetValue<long>(), pruned["limit"]!.GetValue<long>(), pruned["used"]!.GetValue<long>()).ShouldBe((would["freed"]!.GetValue<long>(), 0, 0));
        (await RunAsync("images", "-q")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--max-used-space", "much", "is no size")]
    [InlineData("--min-free-space", "120%", "is no size")]
    [InlineData("--keep-duration", "long", "is no duration")]
    public async Task What_is_no_budget_is_wrong_usage(string option, string value, string says)
    {
        var (code, _, errors) = await TryAsync("prune", option, value);
        (code, errors).ShouldSatisfyAllConditions(r => r.code.ShouldBe(2), r => r.errors.ShouldContain(says));
    }

    [Fact]
    public async Task A_budget_in_the_configuration_is_shown_by_df_and_kept_by_a_bare_prune()
    {
        var name = await PushImageAsync("cli/configured");
        await RunAsync("pull", "-q", name);
        var budget = (await DfAsync("""{"images": {"gc": {"maxUsedSpace": "100B"}}, "registry-mirrors": []}"""))!;
        (budget["LimitBytes"]!.GetValue<long>(), budget["SizeBytes"]!.GetValue<long>() - budget["ReclaimableBytes"]!.GetValue<long>()).ShouldBe((100, 100));
        (await DfAsync("""{"images": {"gc": {"enabled": false, "maxUsedSpace": "100B"}}}""")).ShouldBeNull();
        var (code, _, errors) = await WithConfigAsync("""{"images": {"gc": {"keepDuration": "soon"}}}""", "prune");
        (code, errors).ShouldSatisfyAllConditions(r => r.code.ShouldBe(1), r => r.errors.ShouldContain("images.gc.keepDuration"));

        (await WithConfigAsync("""{"images": {"gc": {"maxUsedSpace": "100B"}}}""", "prune")).Output.ShouldContain("untagged: " + name);
    }

    private async Task<JsonNode?> DfAsync(string config) =>
        JsonNode.Parse((await WithConfigAsync(config, "df", "--format", "json")).Output)!.AsArray().SingleOrDefault(r => r!["Type"]!.ToString() == "Budget");

    private async Task<(int Code, string Output, string Errors)> WithConfigAsync(string config, params string[] arguments)
    {
        var file = Path.Combine(Folder, "config.json");
        await File.WriteAllTextAsync(file, config);
        return await RealTool.TryAsync("env", [$"STRATA_CONFIG={file}", Checkout.Program("Strata.Cli", "strata"), "--root", Root, .. arguments]);
    }
}
