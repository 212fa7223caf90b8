using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>What a person sees when something is wrong: what, why, what to do; two to four lines, no stack trace, the right exit code.</summary>
public sealed class ErrorTests(HubProcess hub) : CliFixture(hub)
{
    [Theory]
    [InlineData(2, "strata: there is no command 'imagse'\n  did you mean `strata images`?\n", "imagse")]
    [InlineData(2, "strata images: there is no option '--fromat'\n  did you mean --format?\n", "images", "--fromat", "json")]
    [InlineData(2, "strata pull: required argument 'REF' missing for command: 'pull'\n  `strata pull --help` shows how it is used\n", "pull")]
    [InlineData(2, "strata: 'UPPER' is not an image name: a repository name must be lowercase\n  a name looks like python:3.11 or 127.0.0.1:5000/team/app:1.0\n", "pull", "UPPER")]
    [InlineData(1, "strata: No such image: nope\n  bring it with: strata pull nope:latest\n", "inspect", "nope")]
    [InlineData(1, "strata: nothing answers at 127.0.0.1:1: the connection was refused\n  check that the registry runs, and its port (`strata status` for the local hub)\n", "--progress", "quiet", "pull", "127.0.0.1:1/app")]
    [InlineData(1, "strata: there is no folder /no/such\n  dir: takes the root of an unpacked file system\n", "packages", "dir:/no/such")]
    [InlineData(2, "strata: 'amd64' is not a platform: expected os/arch or os/arch/variant, such as linux/amd64\n", "pull", "app", "--platform", "amd64")]
    public async Task A_mistake_is_answered_in_a_few_lines(int code, string errors, params string[] arguments)
    {
        var result = await TryAsync(arguments);
        result.Errors.ShouldBe(errors);
        result.Code.ShouldBe(code);
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_tag_is_answered_with_those_that_there_are()
    {
        var name = await PushImageAsync("cli/tags");
        var result = await TryAsync("--progress", "quiet", "pull", name[..^1] + "2");
        result.Errors.ShouldBe($"strata: {Hub.Address} has no cli/tags:2\n  it has: 1\n");
        result.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Versions_are_compared_line_by_line()
    {
        var input = Path.Combine(Folder, "pairs");
        await File.WriteAllTextAsync(input, "1.0\t1.0-1\n1:0\t9\n1.0~rc1\t1.0\nx\n");
        var program = Checkout.Program("Strata.Cli", "strata");
        (await RealTool.RunAsync("/bin/sh", "-c", $"'{program}' version-compare deb < '{input}'")).ShouldBe("<\n>\n<\n?\n");
    }
}
