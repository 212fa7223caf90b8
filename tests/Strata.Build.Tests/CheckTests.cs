namespace Strata.Build.Tests;

public sealed class CheckTests : BuildFixture
{
    [Theory]
    [InlineData("FROM scratch AS Big", "StageNameCasing:1")]
    [InlineData("FROM scratch as small", "FromAsCasing:1")]
    [InlineData("FROM scratch\nLABEL a=b \\\n\n c=d", "NoEmptyContinuation:4")]
    [InlineData("FROM scratch\nlabel a=b\nLABEL c=d", "ConsistentInstructionCasing:2")]
    [InlineData("from scratch\nlabel a=b", "")]
    [InlineData("FROM scratch AS a\nFROM scratch AS a", "DuplicateStageName:2")]
    [InlineData("FROM scratch AS context", "ReservedStageName:1")]
    [InlineData("FROM scratch\nCMD run", "JSONArgsRecommended:2")]
    [InlineData("FROM scratch\nSHELL [\"/sh\"]\nCMD run", "")]
    [InlineData("FROM scratch\nMAINTAINER me", "MaintainerDeprecated:2")]
    [InlineData("ARG V=scratch\nFROM ${W:-scratch}", "UndefinedArgInFrom:2")]
    [InlineData("FROM scratch\nWORKDIR app", "WorkdirRelativePath:2")]
    [InlineData("FROM scratch\nWORKDIR /app\nWORKDIR sub", "")]
    [InlineData("FROM scratch\nLABEL a=$PTH", "UndefinedVar:2")]
    [InlineData("FROM scratch\nARG A\nLABEL a=$A", "")]
    [InlineData("FROM scratch\nCMD [\"a\"]\nCMD [\"b\"]", "MultipleInstructionsDisallowed:2")]
    [InlineData("FROM scratch\nENV a b", "LegacyKeyValueFormat:2")]
    [InlineData("FROM scratch\nENV API_TOKEN=x\nARG PASSWORD\nENV KEY_FILE=x MONKEY=y", "SecretsUsedInArgOrEnv:2 SecretsUsedInArgOrEnv:3")]
    [InlineData("ARG V\nFROM busybox:$V", "InvalidDefaultArgInFrom:2")]
    [InlineData("FROM --platform=linux/amd64 scratch", "FromPlatformFlagConstDisallowed:1")]
    [InlineData("FROM --platform=linux/amd64 scratch AS on-amd64", "")]
    [InlineData("FROM --platform=$TARGETPLATFORM scratch", "RedundantTargetPlatform:1")]
    [InlineData("FROM scratch\nCOPY ignored /", "CopyIgnoredFile:2")]
    [InlineData("FROM scratch\nEXPOSE 80/TCP", "ExposeProtoCasing:2")]
    [InlineData("FROM scratch\nEXPOSE 8080:80", "ExposeInvalidFormat:2")]
    [InlineData("# check=experimental=all\n# other words\nFROM scratch AS base", "InvalidDefinitionDescription:3")]
    [InlineData("# check=experimental=all\n# base is it\nFROM scratch AS base", "")]
    [InlineData("# check=skip=StageNameCasing,FromAsCasing\nFROM scratch as Big", "")]
    [InlineData("# check=skip=all\nFROM scratch as Big", "")]
    [InlineData("FROM scratch\nLABEL a=b", "")]
    public async Task Rules_say_what_BuildKit_s_say(string dockerfile, string expected)
    {
        Put(".dockerignore", "ignored");
        var warnings = await Builder.CheckAsync(new BuildOptions { Context = Context, Dockerfile = Folder.File("file", dockerfile) }, CancellationToken.None);
        string.Join(' ', warnings.Select(w => $"{w.Rule}:{w.Line}")).ShouldBe(expected);
    }

    [Fact]
    public async Task Warnings_are_said_by_a_build_and_stop_it_where_the_file_wants_that()
    {
        await BuildAsync("FROM scratch\nMAINTAINER me");
        Progress.Warnings.Single().Detail.ShouldBe("Maintainer instruction is deprecated in favor of using label");
        (await FaultAsync("# check=error=true\nFROM scratch\nMAINTAINER me")).ShouldContain("check=error=true");
        (await FaultAsync("# check=what\nFROM scratch")).ShouldContain("failed to parse check option");
    }
}
