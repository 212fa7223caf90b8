using Strata.Oci;

namespace Strata.Build.Tests.Steps;

/// <summary>Processes in a root file system that busybox makes: RUN as it is, with everything that can be mounted.</summary>
public sealed class RunTests : RunFixture
{
    [Fact]
    public async Task A_process_changes_files_and_only_these_are_the_layer()
    {
        await RunAsync("COPY a.txt /d/\nRUN echo new > /n && rm /d/a.txt && mkdir -p /e/f && ln -s /n /l");
        var image = Images.Inspect("built:1");
        var tree = await TreeAsync();
        tree.ShouldContain("n f644 0:0 new\\n");
        tree.ShouldContain("l l777 0:0 -> /n");
        tree.ShouldNotContain("d/a.txt");
        Images.IndexOf(image.Layers[2].DiffId)!.Entries.Select(e => e.Path).Order(StringComparer.Ordinal).ShouldBe(["d", "d/a.txt", "e", "e/f", "l", "n"]);
        History()[^1].ShouldBe("+ RUN /bin/sh -c echo new > /n && rm /d/a.txt && mkdir -p /e/f && ln -s /n /l # buildkit");
    }

    [Fact]
    public async Task Forms_variables_users_and_folders()
    {
        await RunAsync("""
            ARG A=1
            ENV E=2
            WORKDIR /w
            RUN ["/bin/sh", "-c", "echo exec $A $E > 1"]
            RUN echo $A $E $0 > 2; env | cat > 3
            SHELL ["/bin/busybox", "sh", "-e", "-c"]
            RUN echo other > 4
            RUN <<EOF
            echo one > 5
            echo two >> 5
            EOF
            RUN <<A cat > 6 && cat <<B >> 6
            first
            A
            second
            B
            RUN <<EOF
            #!/bin/busybox sh
            echo script $0 > 7
            EOF
            USER 12:34
            RUN id > /tmp-id || true
            """);
        (await ContentAsync("w/1")).ShouldBe("exec 1 2\\n");
        (await ContentAsync("w/2")).ShouldBe("1 2 /bin/sh\\n");
        (await ContentAsync("w/5")).ShouldBe("one\\ntwo\\n");
        (await ContentAsync("w/6")).ShouldBe("first\\nsecond\\n");
        (await ContentAsync("w/7")).ShouldBe("script /dev/pipes/EOF\\n");
        History().ShouldContain("+ RUN |1 A=1 /bin/sh -c echo $A $E $0 > 2; env | cat > 3 # buildkit");
        (await TreeAsync()).ShouldNotContain("\ndev/pipes");
    }

    [Fact]
    public async Task Mounts_of_all_kinds()
    {
        Put("src/x", "from context");
        var secret = Folder.File("secret", "hush");
        const string dockerfile = """
            FROM base AS other
            COPY a.txt /stage/
            FROM base
            RUN --mount=target=/ctx --mount=from=other,source=/stage,target=/st --mount=type=tmpfs,target=/t \
                --mount=type=secret,id=s --mount=type=secret,id=s,env=HUSH --mount=type=cache,target=/c,id=$ID \
                cat /ctx/src/x /st/a.txt /run/secrets/s > /out; echo " $HUSH" >> /out; touch /t/gone; echo + >> /c/count; cat /c/count >> /out
            """;
        BuildOptions With(BuildOptions o) => o with { NoCache = true, Secrets = new Dictionary<string, BuildSecret> { ["s"] = new(secret, null) } };
        await RunAsync(dockerfile, With);
        (await ContentAsync("out")).ShouldBe("from contextahush hush\\n+\\n");
        await RunAsync(dockerfile, With);
        (await ContentAsync("out")).ShouldBe("from contextahush hush\\n+\\n+\\n");
        var tree = await TreeAsync();
        foreach (var place in (string[])["ctx", "st ", "run/", "c/count"]) tree.ShouldNotContain("\n" + place);
        (await FaultAsync("FROM scratch\nCOPY bin /bin\nRUN --mount=type=secret,id=none,required cat /x")).ShouldContain("secret none: not found");
    }

    [Fact]
    public async Task A_process_that_fails_says_how_with_its_last_lines()
    {
        var fault = await FaultAsync("FROM scratch\nCOPY bin /bin\nRUN echo before; echo why >&2; exit 7");
        fault.ShouldStartWith("Dockerfile:3: process \"/bin/sh -c echo before; echo why >&2; exit 7\" did not complete successfully: exit code: 7");
        fault.ShouldContain("> before");
        fault.ShouldContain("> why");
        Progress.Lines.ShouldContain("before");
        (await FaultAsync("FROM scratch\nCOPY bin /bin\nRUN [\"/nothing\"]")).ShouldContain("/nothing");
    }

    [Fact]
    public async Task A_step_that_failed_can_be_looked_into_as_it_left_its_files()
    {
        var said = new MemoryStream();
        await FaultAsync("FROM scratch\nCOPY bin /bin\nENV V=v\nWORKDIR /w\nRUN --mount=target=/ctx echo left > f; exit 3", o => o with
        {
            OnFailure = async failed =>
            {
                failed.Fault.ShouldContain("exit code: 3");
                (await failed.RunAsync("cat f; echo $V; ls /ctx/a.txt; echo more > g", said, said, CancellationToken.None)).ShouldBe(0);
                (await failed.RunAsync("cat g; exit 5", said, said, CancellationToken.None)).ShouldBe(5);
            },
        });
        System.Text.Encoding.UTF8.GetString(said.ToArray()).ShouldBe("left\nv\n/ctx/a.txt\nmore\n");
        Directory.EnumerateFileSystemEntries(Path.Combine(Root, "builds", "work")).ShouldBeEmpty();
        File.ReadAllText("/proc/self/mounts").ShouldNotContain(Root);
    }

    [Fact]
    public async Task A_step_that_was_done_is_not_done_again()
    {
        await RunAsync("ARG A\nRUN echo $A > /f", o => o with { Arguments = new Dictionary<string, string> { ["A"] = "1" } });
        await RunAsync("ARG A\nRUN echo $A > /f", o => o with { Arguments = new Dictionary<string, string> { ["A"] = "1" } });
        Progress.Ended.ShouldAllBe(s => s.State == StepState.Cached);
        await RunAsync("ARG A\nRUN echo $A > /f", o => o with { Arguments = new Dictionary<string, string> { ["A"] = "2" } });
        Progress.Ended.OrderBy(s => s.Number).Last().State.ShouldBe(StepState.Done);
        (await ContentAsync("f")).ShouldBe("2\\n");
    }

    [Fact]
    public async Task The_network_can_be_left_out()
    {
        await RunAsync("RUN --network=none ip link > /links");
        (await ContentAsync("links")).ShouldNotContain("eth");
    }

    [Fact]
    public async Task A_process_that_never_ends_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAtFirstLine(stop);
        var options = new BuildOptions { Context = Context, Dockerfile = "-", Input = new MemoryStream("FROM scratch\nCOPY bin /bin\nRUN echo begun; while :; do :; done"u8.ToArray()) };
        await Should.ThrowAsync<OperationCanceledException>(() => Builder.BuildAsync(options, progress, stop.Token));
        Directory.EnumerateFileSystemEntries(Path.Combine(Root, "builds", "work")).ShouldBeEmpty();
        File.ReadAllText("/proc/self/mounts").ShouldNotContain(Root);
    }

    [Fact]
    public async Task Another_platform_is_refused_where_nothing_can_run_it()
    {
        var fault = await FaultAsync("FROM scratch\nCOPY bin /bin\nRUN echo", o => o with { Platforms = [Platform.Parse("linux/s390x")] });
        fault.ShouldContain("RUN for linux/s390x cannot be done on");
    }

    private sealed class StopAtFirstLine(CancellationTokenSource stop) : IBuildProgress
    {
        public void Update(BuildStep step)
        {
        }

        public void Log(BuildStep step, string line) => stop.Cancel();

        public void Warn(BuildWarning warning)
        {
        }
    }
}
