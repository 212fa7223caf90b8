using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>The scripts in the shells that they are for: what is asked is what a person would have typed before the tab.</summary>
public sealed class CompletionTests(HubProcess hub) : CliFixture(hub)
{
    private static readonly string Program = Checkout.Program("Strata.Cli", "strata");

    [Theory]
    [InlineData("hist", "history")]
    [InlineData("inspect --plat", "--platform")]
    [InlineData("images --for", "--format")]
    [InlineData("completion ", "bash", "fish", "zsh")]
    [InlineData("scan x --output j", "json")]
    [InlineData("advisories u", "update")]
    [InlineData("nonsense ")]
    public async Task Bash_completes_commands_options_and_their_words(string typed, params string[] expected) =>
        (await CompleteAsync(typed)).ShouldBe(expected);

    [Fact]
    public async Task Bash_completes_the_names_of_images_behind_the_last_colon()
    {
        (await CompleteAsync("inspect ")).ShouldBeEmpty();
        Directory.Exists(Root).ShouldBeFalse();
        var name = await PushImageAsync("cli/completed");
        await RunAsync("pull", "-q", name);
        await RunAsync("tag", name, "mine:1");
        await RunAsync("tag", name, "mine:2");
        (await CompleteAsync("inspect mi")).ShouldBe(["mine:1", "mine:2"]);
        (await CompleteAsync("rmi mine:1 mine:")).ShouldBe(["1", "2"]);
        (await CompleteAsync($"history {Hub.Address}/cli/c")).ShouldBe([name[(name.IndexOf(':') + 1)..]]);
    }

    [Fact]
    public async Task A_word_that_is_empty_is_not_the_one_before_it()
    {
        (await RealTool.RunAsync(Program, "__complete", "--", "im")).ShouldBe("images\nimport\n");
        (await RealTool.RunAsync(Program, "__complete", "--", "images", "")).ShouldNotContain("images");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_script_is_one_that_its_shell_reads(string shell)
    {
        var script = Path.Combine(Folder, "script");
        await File.WriteAllTextAsync(script, await RunAsync("completion", shell));
        (await RealTool.RunAsync(shell, "-n", script)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_shell_is_wrong_usage() => (await TryAsync("completion", "tcsh")).Code.ShouldBe(2);

    /// <summary>What bash would offer for a line that ends at the cursor.</summary>
    private async Task<string[]> CompleteAsync(string typed)
    {
        var script = $$"""
            export STRATA_ROOT='{{Root}}'
            source <('{{Program}}' completion bash)
            COMP_LINE='{{Program}} {{typed}}'
            COMP_POINT=${#COMP_LINE}
            _strata
            [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
            """;
        return (await RealTool.RunAsync("bash", "-c", script)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
