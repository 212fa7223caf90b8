using Strata.Testing;

namespace Strata.Faults.Tests;

/// <summary>A second user of the machine, before a root that is not his.</summary>
public sealed class OtherUserTests(Surroundings surroundings)
{
    private const string Nobody = "65534";
    private const string Advice = "  name another folder with --root or $STRATA_ROOT, or make this one yours\n";

    [Theory]
    [InlineData("images")]
    [InlineData("pull")]
    public async Task A_root_that_he_may_not_read_is_named_in_two_lines(string verb)
    {
        using var folder = new TemporaryFolder();
        var strata = new StrataProgram(folder.Below("root"));
        await strata.RunAsync("images");
        var result = await AsNobodyAsync(strata.Root, verb);
        result.Errors.ShouldStartWith($"strata: the store at {strata.Root} cannot be used: ");
        result.Errors.ShouldEndWith(Advice);
        result.Errors.Count(c => c == '\n').ShouldBe(2);
        result.Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_root_that_he_may_only_read_lists_its_images_and_takes_nothing_in()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        var strata = new StrataProgram(folder.Below("root"));
        await strata.RunAsync("pull", surroundings.Image);
        (await AsNobodyAsync(strata.Root, "images")).Output.ShouldMatch("^[0-9a-f]{12}\n$");
        var result = await AsNobodyAsync(strata.Root, "pull");
        result.Errors.ShouldBe($"strata: the store at {strata.Root} cannot be written: it is another user's\n" + Advice);
        result.Code.ShouldBe(1);
        (await AsNobodyAsync(strata.Root, "ls")).Errors.Count(c => c == '\n').ShouldBe(2);
    }

    private Task<(int Code, string Output, string Errors)> AsNobodyAsync(string root, string verb)
    {
        RealTool.RequireRoot("a command is run as another user");
        string[] command = verb == "images" ? ["-q", verb] : ["-q", verb, surroundings.Image];
        return RealTool.TryAsync("setpriv",
            [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", StrataProgram.Path, "--root", root, .. command]);
    }
}
