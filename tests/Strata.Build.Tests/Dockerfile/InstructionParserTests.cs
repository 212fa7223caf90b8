using Strata.Build.Dockerfiles;

namespace Strata.Build.Tests.Dockerfile;

public sealed class InstructionParserTests
{
    [Theory]
    [InlineData("FORM a", "unknown instruction: FORM (did you mean FROM?)")]
    [InlineData("FROM a\nCPOY b c", "unknown instruction: CPOY (did you mean COPY?)")]
    [InlineData("FROM a\nXYZZY", "unknown instruction: XYZZY")]
    [InlineData("FROM a b", "FROM requires either one or three arguments")]
    [InlineData("FROM", "FROM requires either one or three arguments")]
    [InlineData("FROM a AS 1b", "invalid name for build stage: \"1b\"")]
    [InlineData("FROM a AS b/c", "name can't start with a number or contain symbols")]
    [InlineData("FROM --plattform=x a", "unknown flag: --plattform (did you mean --platform?)")]
    [InlineData("RUN a", "no build stage in current context")]
    [InlineData("ARG a", "dockerfile contains no stages to build")]
    [InlineData("FROM a\nCOPY b", "COPY requires at least two arguments")]
    [InlineData("FROM a\nCOPY --chonw=1 b c", "unknown flag: --chonw (did you mean --chown?)")]
    [InlineData("FROM a\nCOPY --from b c", "missing a value on flag: --from")]
    [InlineData("FROM a\nCOPY --link=2 b c", "expecting boolean value for flag --link, not: 2")]
    [InlineData("FROM a\nCOPY --chown=1 --chown=2 b c", "duplicate flag specified: --chown")]
    [InlineData("FROM a\nCOPY b <<c\nc", "COPY cannot accept a heredoc as a destination")]
    [InlineData("FROM a\nENV =b", "ENV names can not be blank")]
    [InlineData("FROM a\nENV", "ENV requires at least one argument")]
    [InlineData("FROM a\nARG =b", "ARG names can not be blank")]
    [InlineData("FROM a\nWORKDIR", "WORKDIR requires exactly one argument")]
    [InlineData("FROM a\nVOLUME [\"\"]", "VOLUME specified can not be an empty string")]
    [InlineData("FROM a\nSHELL bash -c", "SHELL requires the arguments to be in JSON form")]
    [InlineData("FROM a\nSHELL []", "SHELL requires at least one argument")]
    [InlineData("FROM a\nONBUILD ONBUILD RUN b", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")]
    [InlineData("FROM a\nONBUILD FROM b", "FROM isn't allowed as an ONBUILD trigger")]
    [InlineData("FROM a\nONBUILD", "ONBUILD requires at least one argument")]
    [InlineData("FROM a\nHEALTHCHECK RUN b", "Unknown type \"RUN\" in HEALTHCHECK (try CMD)")]
    [InlineData("FROM a\nHEALTHCHECK CMD", "Missing command after HEALTHCHECK CMD")]
    [InlineData("FROM a\nHEALTHCHECK NONE b", "HEALTHCHECK NONE takes no arguments")]
    [InlineData("FROM a\nHEALTHCHECK --interval=5 CMD b", "missing unit in duration \"5\"")]
    [InlineData("FROM a\nHEALTHCHECK --interval=5q CMD b", "unknown unit \"q\" in duration \"5q\"")]
    [InlineData("FROM a\nHEALTHCHECK --timeout=5us CMD b", "cannot be less than 1ms")]
    [InlineData("FROM a\nHEALTHCHECK --retries=-1 CMD b", "--retries cannot be negative (-1)")]
    [InlineData("FROM a\nRUN --network=hots b", "unsupported network mode \"hots\" (did you mean host?)")]
    [InlineData("FROM a\nRUN --security=x b", "security \"x\" is not valid")]
    [InlineData("FROM a\nRUN --mount=type=cahce,target=/x b", "unsupported mount type \"cahce\" (did you mean cache?)")]
    [InlineData("FROM a\nRUN --mount=type=cache,targt=/x b", "unexpected key 'targt' in 'targt=/x' (did you mean target?)")]
    [InlineData("FROM a\nRUN --mount=from=$x,target=/x b", "'from' doesn't support variable expansion")]
    [InlineData("FROM a\nRUN --mount=type=secret b", "one of source, target required")]
    [InlineData("FROM a\nRUN --mount=type=bind,uid=1,target=/x b", "uid not allowed for \"bind\" type mounts")]
    [InlineData("FROM a\nRUN --mount=type=cache,sharing=open,target=/x b", "unsupported sharing value \"open\"")]
    [InlineData("FROM a\nRUN --mount=type=tmpfs,required,target=/x b", "unexpected key 'required' for mount type 'tmpfs'")]
    [InlineData("FROM a\nRUN", "RUN requires at least one argument")]
    public void A_fault_is_said_with_its_line_and_what_may_have_been_meant(string text, string expected)
    {
        var fault = Should.Throw<DockerfileException>(() => Parse(text));
        fault.Message.ShouldContain(expected);
        fault.Message.ShouldStartWith("Dockerfile:");
    }

    [Fact]
    public void A_fault_points_at_the_word() => Should.Throw<DockerfileException>(() => Parse("FROM a\n\nRUN b && \\\n  c\n  CPOY d e")).Message.ShouldBe(
        """
        Dockerfile:5: dockerfile parse error on line 5: unknown instruction: CPOY (did you mean COPY?)
           5 |   CPOY d e
             |   ^^^^
        """);

    [Fact]
    public void Copy_has_sources_files_and_flags()
    {
        var copy = Of<CopyInstruction>("COPY --from=b --chown=1:2 --chmod=755 --link --parents --exclude=*.o --exclude=x a <<f /t\n$v\nf");
        copy.Sources.ShouldBe(["a"]);
        copy.Files.ShouldBe([new InlineFile("f", "$v\n", true)]);
        (copy.Target, copy.From, copy.Chown, copy.Chmod, copy.IsLinked, copy.WithParents).ShouldBe(("/t", "b", "1:2", "755", true, true));
        copy.Excludes.ShouldBe(["*.o", "x"]);
        Of<CopyInstruction>("ADD --checksum=sha256:1 --keep-git-dir --unpack=false http://a b").ShouldSatisfyAllConditions(
            a => a.Checksum.ShouldBe("sha256:1"), a => a.KeepsGitFolder.ShouldBe(true), a => a.Unpacks.ShouldBe(false), a => a.IsAdd.ShouldBeTrue());
        Of<CopyInstruction>("COPY <<-\"f\" /t\n\t\ta\n\tf").Files.ShouldBe([new InlineFile("f", "a\n", false)]);
    }

    [Fact]
    public void A_health_check_has_its_times_in_nanoseconds()
    {
        var check = Of<HealthCheckInstruction>("HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0s --retries=3 CMD a b").Check;
        (check.Interval, check.Timeout, check.StartPeriod, check.Retries).ShouldBe((90_000_000_000, 1_500_000_000, null, 3));
        check.Test.ShouldBe(["CMD-SHELL", "a b"]);
        Of<HealthCheckInstruction>("HEALTHCHECK CMD [\"a\"]").Check.Test.ShouldBe(["CMD", "a"]);
        Of<HealthCheckInstruction>("HEALTHCHECK none").Check.Test.ShouldBe(["NONE"]);
    }

    [Fact]
    public void Mounts_are_read_with_their_variables()
    {
        var line = Of<RunInstruction>("RUN --mount=type=cache,id=$x,target=/c,sharing=locked,mode=0700,uid=3 --mount=type=tmpfs,dst=/t,size=2m --mount=src=a,target=/b,rw c");
        var mounts = line.Mounts.Select(m => MountParser.Parse(line.Line, m, w => w.Replace("$x", "name", StringComparison.Ordinal))).ToArray();
        mounts[0].ShouldBe(new RunMount { Type = RunMountType.Cache, Id = "name", Target = "/c", Sharing = CacheSharing.Locked, Mode = 0x1C0, Uid = 3 });
        mounts[1].ShouldBe(new RunMount { Type = RunMountType.Tmpfs, Target = "/t", Size = 2 * 1024 * 1024 });
        mounts[2].ShouldBe(new RunMount { Source = "a", Target = "/b" });
        Of<RunInstruction>("RUN --network=none --security=insecure a").ShouldSatisfyAllConditions(r => r.Network.ShouldBe(RunNetwork.None), r => r.IsPrivileged.ShouldBeTrue());
    }

    [Fact]
    public void Stages_have_names_in_lower_case()
    {
        var parsed = Parse("ARG V=1\nFROM --platform=$P a:$V AS Build\nONBUILD COPY <<x /y\nz\nx\nFROM build");
        parsed.GlobalArguments.Single().Arguments.ShouldBe([new ArgDefinition("V", "1")]);
        parsed.Stages.Select(s => (s.Name, s.BaseName, s.Platform)).ShouldBe([("build", "a:$V", "$P"), ("", "build", "")]);
        parsed.Stages[0].Instructions.OfType<OnBuildInstruction>().Single().Expression.ShouldBe("COPY <<x /y\nz\nx");
        ParsedDockerfile.ParseTrigger("COPY <<x /y\nz\nx", "base").ShouldBeOfType<CopyInstruction>().Files.Single().Content.ShouldBe("z\n");
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1ns")]
    [InlineData(1_500, "1.5µs")]
    [InlineData(100_000_000, "100ms")]
    [InlineData(1_500_000_000, "1.5s")]
    [InlineData(90_000_000_000, "1m30s")]
    [InlineData(3_600_000_000_000, "1h0m0s")]
    public void Durations_are_written_as_Go_writes_them(long nanoseconds, string expected)
    {
        GoText.Duration(nanoseconds).ShouldBe(expected);
        GoDuration.Parse(expected).ShouldBe(nanoseconds);
    }

    [Fact]
    public void Words_are_quoted_as_Go_quotes_them() => GoText.QuotedList(["a b", "\"\\\n\t\u0001é"]).ShouldBe("""["a b" "\"\\\n\t\x01é"]""");

    private static ParsedDockerfile Parse(string text) => ParsedDockerfile.Parse(new SourceFile("Dockerfile", text));

    private static T Of<T>(string instruction) => Parse("FROM a\n" + instruction).Stages[0].Instructions.OfType<T>().Single();
}
