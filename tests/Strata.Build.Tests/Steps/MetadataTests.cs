using Strata.Oci;

namespace Strata.Build.Tests.Steps;

public sealed class MetadataTests : BuildFixture
{
    private const string PathVariable = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    [Fact]
    public async Task All_that_changes_the_config_is_in_it_and_in_the_history()
    {
        await BuildAsync("""
            FROM scratch
            MAINTAINER me <me@here>
            ENV A=1 B="two words"
            ENV C three words
            LABEL "x.y"=z q='$A'
            EXPOSE 80 443/udp 8000-8002
            VOLUME /data /more
            VOLUME ["/with blank"]
            USER app:team
            STOPSIGNAL SIGUSR1
            SHELL ["/bin/bash", "-c"]
            CMD echo $A
            HEALTHCHECK --interval=1m --retries=2 CMD ["true"]
            ONBUILD COPY a /b
            ARG D=$A E
            WORKDIR /
            """);
        Images.Inspect("built:1").Config.Author.ShouldBe("me <me@here>");
        var config = Config();
        config.Env.ShouldBe([PathVariable, "A=1", "B=two words", "C=three words"]);
        config.Labels!.ShouldBe(new Dictionary<string, string> { ["x.y"] = "z", ["q"] = "$A" }, ignoreOrder: true);
        config.ExposedPorts!.Keys.ShouldBe(["443/udp", "80/tcp", "8000/tcp", "8001/tcp", "8002/tcp"]);
        config.Volumes!.Keys.ShouldBe(["/data", "/more", "/with blank"]);
        (config.User, config.StopSignal, config.WorkingDir).ShouldBe(("app:team", "SIGUSR1", "/"));
        config.Shell.ShouldBe(["/bin/bash", "-c"]);
        config.Cmd.ShouldBe(["/bin/bash", "-c", "echo $A"]);
        config.OnBuild.ShouldBe(["COPY a /b"]);
        (config.Healthcheck!.Interval, config.Healthcheck.Retries).ShouldBe((60_000_000_000, 2));
        History().ShouldBe(
        [
            "- MAINTAINER me <me@here>",
            "- ENV A=1 B=two words",
            "- ENV C=three words",
            "- LABEL x.y=z q=$A",
            "- EXPOSE [443/udp 80/tcp 8000/tcp 8001/tcp 8002/tcp]",
            "- VOLUME [/data /more]",
            "- VOLUME [/with blank]",
            "- USER app:team",
            "- STOPSIGNAL SIGUSR1",
            "- SHELL [/bin/bash -c]",
            "- CMD [\"/bin/bash\" \"-c\" \"echo $A\"]",
            "- HEALTHCHECK {Test:[CMD true] Interval:1m0s Timeout:0s StartPeriod:0s StartInterval:0s Retries:2}",
            "- ARG D=1 E",
            "- WORKDIR /",
        ]);
        Images.Inspect("built:1").Layers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Layers_have_their_line_of_history()
    {
        Put("a", "a");
        await BuildAsync("FROM scratch\nARG N=x\nWORKDIR /$N\nCOPY --chown=1:1 --chmod=600 a b$N\nADD --link a /c/\nCOPY <<f /\nf");
        History().ShouldBe(["- ARG N=x", "+ WORKDIR /x", "+ COPY --chown=1:1 --chmod=600 a bx # buildkit", "+ ADD a /c/ # buildkit", "+ COPY <<f / # buildkit"]);
        Images.Inspect("built:1").Layers.Count.ShouldBe(4);
        Images.Inspect("built:1").Config.History!.ShouldAllBe(h => h.Comment == "buildkit.dockerfile.v0");
    }

    [Theory]
    [InlineData("CMD a\nENTRYPOINT b", "/bin/sh -c a|/bin/sh -c b")]
    [InlineData("ENTRYPOINT [\"b\"]\nCMD [\"a\"]", "a|b")]
    [InlineData("CMD []", "|")]
    [InlineData("CMD a\nFROM x\nENTRYPOINT [\"b\"]", "|b")]
    [InlineData("ENTRYPOINT []", "|")]
    public async Task Commands_and_entry_points_go_together(string instructions, string expected)
    {
        await BuildAsync($"FROM scratch AS x\n{instructions}");
        $"{string.Join(' ', Config().Cmd ?? [])}|{string.Join(' ', Config().Entrypoint ?? [])}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("ARG A\nLABEL l=$A", "given")]
    [InlineData("ARG A=default\nLABEL l=$A", "given")]
    [InlineData("ARG B=default\nLABEL l=$B", "default")]
    [InlineData("ARG G\nLABEL l=$G", "global")]
    [InlineData("ARG G=own\nLABEL l=$G", "own")]
    [InlineData("LABEL l=$A", "")]
    [InlineData("LABEL l=$G", "")]
    [InlineData("ENV A=env\nLABEL l=$A", "env")]
    [InlineData("ARG A\nFROM one\nLABEL l=$A", "given")]
    [InlineData("ARG TARGETARCH\nLABEL l=$TARGETARCH", "arm64")]
    [InlineData("ARG X=${A:-none}\nLABEL l=$X", "none")]
    [InlineData("ENV a=1\nENV a=2 b=$a\nLABEL l=$b", "1")]
    [InlineData("LABEL l=${u:?needed}", "!u: needed")]
    [InlineData("EXPOSE 70000", "!invalid containerPort: 70000")]
    [InlineData("EXPOSE 80/http", "!invalid proto: http")]
    [InlineData("STOPSIGNAL SIGWHAT", "!Invalid signal: SIGWHAT")]
    public async Task Variables_have_their_scopes(string instructions, string expected)
    {
        BuildOptions With(BuildOptions o) => o with { Arguments = new Dictionary<string, string> { ["A"] = "given" }, Platforms = [Platform.Parse("linux/arm64")] };
        var dockerfile = $"ARG G=global\nFROM scratch AS one\n{instructions}";
        if (expected.StartsWith('!')) (await FaultAsync(dockerfile, With)).ShouldContain(expected[1..]);
        else
        {
            await BuildAsync(dockerfile, With);
            Images.Inspect("built:1", Platform.Parse("linux/arm64")).Config.Config!.Labels!["l"].ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Triggers_of_a_base_run_first_and_once()
    {
        Put("a", "a");
        await BuildAsync("FROM scratch\nONBUILD COPY a /triggered\nONBUILD ENV T=$V\nENV V=v", o => o with { Names = [Reference.Parse("base:1")] });
        await BuildAsync("FROM base:1\nCOPY a /own");
        (await TreeAsync()).ShouldBe("own f644 0:0 a\ntriggered f644 0:0 a");
        Config().OnBuild.ShouldBeNull();
        Config().Env.ShouldNotBeNull().ShouldContain("T=v");
        History().ShouldBe(["- ENV V=v", "+ COPY a /triggered # buildkit", "- ENV T=v", "+ COPY a /own # buildkit"]);
    }
}
