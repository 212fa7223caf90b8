using System.Globalization;
using Strata.Testing;

namespace Strata.Containers.Tests;

/// <summary>Killed in the midst: the next verb cleans up, and nothing is left on the host.</summary>
public sealed class FaultTests(ContainerHost host) : ContainerFixture(host)
{
    private const int Kill = 9;

    [Fact]
    public async Task A_container_whose_monitor_was_killed_can_be_removed()
    {
        var record = await StartAsync(["sleep", "1000"]);
        KillPid(int.Parse(await File.ReadAllTextAsync(Path.Combine(Host.Root, "containers", record.Id, "monitor.pid"), Stop), CultureInfo.InvariantCulture));
        (await Containers.FindAsync(record.Id, Stop)).State.Status.ShouldBe(ContainerStatus.Running);
        await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
        NothingIsLeftOf(record.Id);
    }

    [Fact]
    public async Task A_container_that_was_killed_from_outside_is_settled_by_the_next_look()
    {
        var record = await StartAsync(["sleep", "1000"]);
        KillPid(record.State.Pid);
        (await Containers.WaitAsync(record.Id, Stop)).ShouldBe(137);
        (await Containers.FindAsync(record.Id, Stop)).State.Status.ShouldBe(ContainerStatus.Exited);
        NothingIsLeftOf(record.Id);
        await Containers.RemoveAsync(record.Id, force: false, withVolumes: false, Stop);
    }

    [Fact]
    public async Task A_run_that_is_killed_at_any_moment_leaves_nothing_that_the_next_verb_does_not_clean_up()
    {
        var whole = System.Diagnostics.Stopwatch.StartNew();
        (await StrataAsync("run", "-d", "box:1", "sleep", "1000")).Code.ShouldBe(0);
        whole.Stop();
        for (var moment = 1; moment <= 10; moment++)
        {
            using var run = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Checkout.Program("Strata.Cli", "strata"), ["--root", Host.Root, "run", "-d", "box:1", "sleep", "1000"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            // The moment itself is what is tested; nothing is waited for.
            if (!run.WaitForExit((int)(whole.ElapsedMilliseconds * moment / 10))) run.Kill();
            await run.WaitForExitAsync(Stop);
            foreach (var record in await Containers.ListAsync(Stop))
            {
                await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
                NothingIsLeftOf(record.Id);
            }
        }
        await Containers.ListAsync(Stop);
        Directory.EnumerateFileSystemEntries(Path.Combine(Host.Root, "containers")).Select(Path.GetFileName).Where(n => n is not ("names" or "events" or "corrections")).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Path.Combine(Host.Root, "pins")).ShouldBeEmpty();
        (await File.ReadAllTextAsync("/proc/self/mountinfo", Stop)).ShouldNotContain(Host.Root);
    }

    [Fact]
    public async Task A_runtime_that_dies_half_way_leaves_a_container_that_can_be_started()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Host.Folder, "runtimes")).FullName;
        var runtime = Path.Combine(folder, "dying");
        // Real runc, which is killed when it has made the process; once.
        await File.WriteAllTextAsync(runtime, $"#!/bin/sh\ncase \" $* \" in *' create '*) if mkdir {folder}/once 2>/dev/null; then runc \"$@\" & sleep 0.05; kill -9 $!; exit 137; fi;; esac\nexec runc \"$@\"\n", Stop);
        File.SetUnixFileMode(runtime, (UnixFileMode)0x1ED);
        var record = Containers.Create(Host.Request(["sleep", "1000"], new ContainerSpec { Runtime = runtime }));
        await Should.ThrowAsync<ContainerException>(() => Containers.StartAsync(record.Id, Stop));
        NothingIsLeftOf(record.Id);
        (await Containers.StartAsync(record.Id, Stop)).State.Status.ShouldBe(ContainerStatus.Running);
        await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
        NothingIsLeftOf(record.Id);
    }

    private static void KillPid(int pid) => RealTool.Output("kill", "-" + Kill.ToString(CultureInfo.InvariantCulture), pid.ToString(CultureInfo.InvariantCulture));

    private static void NothingIsLeftOf(string id)
    {
        File.ReadAllText("/proc/self/mountinfo").ShouldNotContain(id);
        Directory.EnumerateDirectories("/sys/fs/cgroup", "strata-" + id, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).ShouldBeEmpty();
    }
}
