namespace Strata.Containers.Tests;

/// <summary>The verbs of a container's life, through the program.</summary>
public sealed class VerbTests(ContainerHost host) : ContainerFixture(host)
{
    [Fact]
    public async Task Exec_has_the_containers_environment_and_its_own_exit_code()
    {
        var record = await StartAsync(["sleep", "1000"], new ContainerSpec { Env = ["A=1"], Labels = new Dictionary<string, string> { ["l"] = "v" } });
        var id = record.ShortId;
        (await StrataAsync("exec", "-e", "B=2", "-u", "web", "-w", "/tmp", id, "sh", "-c", "echo $A $B $FROM_IMAGE $(id -u) $(pwd) $HOME; exit 5"))
            .ShouldBe((5, "1 2 yes 1000 /tmp /home/web\n", ""));
        var missing = await StrataAsync("exec", id, "nope");
        missing.Code.ShouldBe(127);
        missing.Errors.ShouldContain("executable file not found in $PATH");
        (await StrataAsync("exec", "-d", id, "sh", "-c", "mkfifo /tmp/f; echo done > /tmp/f")).Code.ShouldBe(0);
        (await StrataAsync("exec", id, "sh", "-c", "while [ ! -p /tmp/f ]; do :; done; cat /tmp/f")).Output.ShouldBe("done\n");
        (await StrataAsync("top", id)).Output.ShouldContain("sleep 1000");
        (await StrataAsync("inspect", "--format", "{{.State.Status}} {{.Config.Labels.l}} {{.Name}}", id)).Output.ShouldBe($"running v /{record.Name}\n");
        (await StrataAsync("pause", id)).Output.ShouldBe(id + "\n");
        (await StrataAsync("ps", "--format", "{{.Status}}", "--filter", "id=" + id)).Output.ShouldEndWith("(Paused)\n");
        (await StrataAsync("exec", id, "true")).Errors.ShouldContain("is paused, unpause the container before exec");
        (await StrataAsync("unpause", id)).Code.ShouldBe(0);
        (await StrataAsync("rename", id, "other")).Code.ShouldBe(0);
        (await StrataAsync("kill", "-s", "9", "other")).Output.ShouldBe("other\n");
        (await StrataAsync("wait", "other")).Output.ShouldBe("137\n");
        (await StrataAsync("exec", "other", "true")).Errors.ShouldContain("is not running");
        (await StrataAsync("container", "rm", "other")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Logs_are_kept_and_can_be_followed()
    {
        var record = await StartAsync(["sh", "-c", "echo one; echo two >&2; mkfifo /tmp/go; read x < /tmp/go; echo three; printf part"], new ContainerSpec(), "logged");
        await using var lines = Containers.LogsAsync("logged", new LogQuery { Follow = true }, Stop).GetAsyncEnumerator(Stop);
        async Task<string> NextAsync() => await lines.MoveNextAsync() ? (lines.Current.IsError ? "E:" : "O:") + System.Text.Encoding.UTF8.GetString(lines.Current.Content.Span) : "end";
        string[] first = [await NextAsync(), await NextAsync()];
        first.Order(StringComparer.Ordinal).ShouldBe(["E:two\n", "O:one\n"]);
        using (var exec = await Containers.ExecAsync("logged", new ExecSpec { Command = ["sh", "-c", "while [ ! -p /tmp/go ]; do :; done; echo > /tmp/go"] }, Stop)) await exec.WaitAsync(Stop);
        (await NextAsync()).ShouldBe("O:three\n");
        (await NextAsync()).ShouldBe("O:part");
        (await NextAsync()).ShouldBe("end");
        var all = await StrataAsync("logs", "logged");
        all.Output.ShouldBe("one\nthree\npart");
        all.Errors.ShouldStartWith("two\n");
        (await StrataAsync("logs", "--tail", "1", "logged")).ShouldBe((0, "part", ""));
        (await StrataAsync("logs", "-t", "--tail", "1", "logged")).Output.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z part$");
        (await StrataAsync("logs", "--since", "2000-01-01", "--until", "2001-01-01", "logged")).ShouldBe((0, "", ""));
        (await StrataAsync("rm", record.Id)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Start_runs_again_what_has_ended_with_what_it_had_changed()
    {
        var (_, id, _) = await StrataAsync("create", "-i", "--name", "again", "box:1", "sh", "-c", "cat >> /tmp/seen; cat /tmp/seen");
        (await StrataAsync("start", "-a", "-i", "again")).ShouldBe((0, "", ""));
        (await StrataAsync("exec", "again", "true")).Code.ShouldBe(1);
        (await StrataAsync("start", "again")).Output.ShouldBe("again\n");
        (await StrataAsync("restart", "-t", "0", "again")).Output.ShouldBe("again\n");
        (await StrataAsync("rm", "-f", id.Trim())).Code.ShouldBe(0);
        (await StrataAsync("rm", "again")).Errors.ShouldContain("No such container: again");
    }

    [Fact]
    public async Task Events_say_what_has_happened()
    {
        var (_, id, _) = await StrataAsync("run", "-d", "box:1", "true");
        await Containers.WaitAsync(id.Trim(), Stop);
        await Containers.RemoveAsync(id.Trim(), force: false, withVolumes: false, Stop);
        var (_, output, _) = await StrataAsync("events", "--since", "10m", "--until", "0s", "--filter", "container=" + id.Trim(), "--format", "{{.Action}}");
        output.ShouldBe("create\nstart\ndie\ndestroy\n");
    }

    /// <summary>conmon blocks SIGCHLD, which the program inherits: it once waited for ever for the runtime that it had called, and held the lock.</summary>
    [Fact]
    public async Task A_container_that_ends_is_settled_although_nobody_looks()
    {
        var seen = Containers.EventsAsync(since: TimeProvider.System.GetUtcNow(), until: null, Stop).GetAsyncEnumerator(Stop);
        await using (seen)
        {
            var next = seen.MoveNextAsync().AsTask();
            var record = await StartAsync(["sh", "-c", "exit 4"]);
            while (await next && seen.Current.Action != "die") next = seen.MoveNextAsync().AsTask();
            (seen.Current.Id, seen.Current.Attributes["exitCode"]).ShouldBe((record.Id, "4"));
            (await StrataAsync("rm", record.Id)).Code.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Limits_are_changed_while_it_runs_and_what_it_uses_is_shown()
    {
        await StartAsync(["sleep", "1000"], new ContainerSpec { Resources = new ResourceLimits { Memory = 64 << 20 } }, "limited");
        (await StrataAsync("update", "-m", "32m", "--memory-swap", "32m", "--cpus", "0.5", "limited")).Output.ShouldBe("limited\n");
        (await StrataAsync("inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}", "limited")).Output.ShouldBe("33554432 500000000\n");
        (await StrataAsync("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}} {{.PIDs}}", "limited")).Output.ShouldMatch(@"^limited [\d.]+[KM]iB / 32MiB 1\n$");
        (await StrataAsync("rm", "-f", "limited")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Prune_removes_those_that_do_not_run()
    {
        await StartAsync(["sleep", "1000"], new ContainerSpec { Labels = new Dictionary<string, string> { ["keep"] = "" } }, "runs");
        var ended = await StartAsync(["true"], name: "ended");
        await Containers.WaitAsync(ended.Id, Stop);
        (await StrataAsync("container", "prune", "-f", "--filter", "label!=keep")).Output.ShouldContain(ended.Id);
        (await StrataAsync("ps", "-a", "--format", "{{.Names}}")).Output.ShouldBe("runs\n");
        (await StrataAsync("rm", "-f", "runs")).Code.ShouldBe(0);
    }
}
