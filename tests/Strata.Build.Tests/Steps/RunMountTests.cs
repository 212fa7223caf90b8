using System.Diagnostics;
using Strata.Testing;

namespace Strata.Build.Tests.Steps;

/// <summary>What RUN mounts, with its keys: caches, agents, limits.</summary>
public sealed class RunMountTests : RunFixture
{
    [Fact]
    public async Task A_real_agent_answers_in_the_step_and_leaves_nothing_in_the_image()
    {
        RealTool.Require("ssh-agent", "openssh-client");
        var socket = Folder.Below("agent.sock");
        using var agent = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", socket]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            // It says so when it listens.
            await agent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var key = Folder.Below("key");
            RealTool.Output("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "mine", "-f", key);
            RealTool.Output("env", $"SSH_AUTH_SOCK={socket}", "ssh-add", "-q", key);
            await CopyProgramAsync("/usr/bin/ssh-add");
            const string dockerfile = "COPY program /\nRUN --mount=type=ssh,required echo $SSH_AUTH_SOCK > /where; ssh-add -L > /keys\nRUN --mount=type=ssh,id=other,target=/s,uid=7,mode=0660 stat -c '%F %a %u' /s > /mode\nRUN ssh-add -L > /none 2>&1 || true";
            await RunAsync(dockerfile, o => o with { Agents = new Dictionary<string, string> { ["default"] = socket, ["other"] = socket } });
            (await ContentAsync("keys")).ShouldBe((await File.ReadAllTextAsync(key + ".pub", TestContext.Current.CancellationToken)).Replace("\n", "\\n", StringComparison.Ordinal));
            (await ContentAsync("where")).ShouldBe("/run/buildkit/ssh_agent.0\\n");
            (await ContentAsync("mode")).ShouldBe("socket 660 7\\n");
            (await ContentAsync("none")).ShouldContain("Could not open a connection");
            (await TreeAsync()).ShouldNotContain("\nrun/");
            File.GetUnixFileMode(socket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        (await FaultAsync("FROM scratch\nCOPY bin /bin\nRUN --mount=type=ssh,required true")).ShouldContain("ssh agent default: not found");
    }

    [Fact]
    public async Task Caches_have_their_keys()
    {
        Put("seed/begin", "s");
        await RunAsync("""
            FROM scratch AS seed
            COPY seed /seed
            FROM base
            RUN --mount=type=cache,target=/c,from=seed,source=/seed,id=a,mode=0751,uid=5,gid=6,sharing=locked stat -c '%a %u:%g' /c > /1; ls /c >> /1; echo + > /c/more
            RUN --mount=type=cache,target=/elsewhere,id=a ls /elsewhere > /2
            RUN --mount=type=cache,target=/c,id=a,ro ls /c > /3; touch /c/x || echo read-only >> /3
            RUN --mount=type=cache,target=/c,id=b ls /c > /4
            RUN --mount=type=cache,target=/c,id=a,sharing=private ls /c > /5
            WORKDIR /w
            RUN --mount=type=cache,target=rel touch rel/r; ls > /6
            """);
        (await ContentAsync("1")).ShouldBe("751 5:6\\nbegin\\n");
        (await ContentAsync("2")).ShouldBe("begin\\nmore\\n");
        (await ContentAsync("3")).ShouldBe("begin\\nmore\\nread-only\\n");
        (await ContentAsync("4")).ShouldBe("");
        (await ContentAsync("5")).ShouldBe("begin\\nmore\\n");
        (await ContentAsync("6")).ShouldBe("rel\\n");
        (await TreeAsync()).ShouldNotContain("rel/");
    }

    [Fact]
    public async Task Binds_are_the_step_s_own_to_write_to()
    {
        await RunAsync("""
            FROM base
            RUN --mount=target=/ctx,rw touch /ctx/new && rm /ctx/a.txt && ls /ctx > /1
            RUN --mount=target=/ctx touch /ctx/new || echo read-only > /2
            RUN --mount=source=a.txt,target=/f cat /f > /3
            RUN --mount=from=base,source=bin,target=/b ls /b/sh > /4
            """);
        (await ContentAsync("1")).ShouldBe("bin\\nnew\\n");
        (await ContentAsync("2")).ShouldBe("read-only\\n");
        (await ContentAsync("3")).ShouldBe("a");
        (await ContentAsync("4")).ShouldBe("/b/sh\\n");
        File.Exists(Path.Combine(Context, "new")).ShouldBeFalse();
        (await FaultAsync("FROM scratch\nCOPY bin /bin\nRUN --mount=source=nothing,target=/x true")).ShouldContain("\"/nothing\": not found");
    }

    [Fact]
    public async Task Limits_names_and_powers_are_those_of_the_build()
    {
        await RunAsync("RUN df -m /dev/shm | grep -c ' 2 ' > /shm; ulimit -n > /files; cat /etc/hosts > /hosts; cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null > /memory; ip link > /links", o => o with
        {
            ShmSize = 2 * 1024 * 1024,
            Ulimits = [new Containers.Ulimit("nofile", 77, 99)],
            ExtraHosts = ["here.test:10.1.2.3"],
            Network = "none",
        });
        (await ContentAsync("files")).ShouldBe("77\\n");
        (await ContentAsync("shm")).ShouldBe("1\\n");
        (await ContentAsync("hosts")).ShouldContain("10.1.2.3\there.test");
        (await ContentAsync("links")).ShouldNotContain("eth");
        const string insecure = "FROM scratch\nCOPY bin /bin\nRUN --security=insecure grep CapEff /proc/self/status > /caps";
        (await FaultAsync(insecure)).ShouldContain("security.insecure is not allowed");
        await BuildAsync(insecure, o => o with { AllowsInsecure = true });
        (await ContentAsync("caps")).ShouldContain("1fffe");
    }

    [Fact]
    public async Task Steps_that_change_nothing_are_many()
    {
        await RunAsync("RUN true\nRUN true\nRUN true\nRUN echo done > /f");
        (await ContentAsync("f")).ShouldBe("done\\n");
        Images.Inspect("built:1").Layers.Count.ShouldBe(5);
    }

    /// <summary>A program of this machine with the libraries that it is linked with, below <c>program/</c> of the context.</summary>
    private async Task CopyProgramAsync(string program)
    {
        var folder = Folder.Folder("context/program/bin");
        File.Copy(program, Path.Combine(folder, Path.GetFileName(program)));
        foreach (var line in (await RealTool.RunAsync("ldd", program)).Split('\n'))
        {
            if (line.Split(' ', '\t').FirstOrDefault(w => w.StartsWith('/')) is not { } library) continue;
            var target = Folder.Below("context/program" + library);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(library, target, overwrite: true);
        }
    }
}
