namespace Strata.Containers.Tests;

/// <summary>Restart policies and health checks, kept while the supervisor runs and caught up with when it begins.</summary>
public sealed class SupervisorTests(ContainerHost host) : ContainerFixture(host)
{
    private readonly List<string> _reports = [];

    [Fact]
    public async Task A_container_that_fails_is_started_again_as_often_as_its_policy_says()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var seen = EventsAsync(stop.Token);
        var running = new Supervisor(Containers, TimeProvider.System, _reports.Add).RunAsync(stop.Token);
        var record = await StartAsync(["sh", "-c", "exit 3"], new ContainerSpec { Restart = new RestartPolicy("on-failure", 2) });
        await UntilAsync(seen, running, record.Id, "die", 3);
        (await Containers.FindAsync(record.Id, Stop)).State.RestartCount.ShouldBe(2);
        await stop.CancelAsync();
        await running;
        await seen.DisposeAsync();
        await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
        _reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_ended_while_it_was_down_runs_again_but_not_what_somebody_stopped()
    {
        var always = await StartAsync(["sleep", "1000"], new ContainerSpec { Restart = new RestartPolicy("always") });
        var stopped = await StartAsync(["sleep", "1000"], new ContainerSpec { Restart = new RestartPolicy("unless-stopped") });
        Testing.RealTool.Output("kill", "-9", always.State.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Containers.WaitAsync(always.Id, Stop);
        await Containers.StopAsync(stopped.Id, 0, null, Stop);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var seen = EventsAsync(stop.Token);
        var running = new Supervisor(Containers, TimeProvider.System, _reports.Add).RunAsync(stop.Token);
        await UntilAsync(seen, running, always.Id, "start", 1);
        await stop.CancelAsync();
        await running;
        await seen.DisposeAsync();
        (await Containers.FindAsync(always.Id, Stop)).State.Status.ShouldBe(ContainerStatus.Running);
        (await Containers.FindAsync(stopped.Id, Stop)).State.Status.ShouldBe(ContainerStatus.Exited);
        foreach (var id in (string[])[always.Id, stopped.Id]) await Containers.RemoveAsync(id, force: true, withVolumes: false, Stop);
    }

    [Fact]
    public async Task Health_is_checked_and_told()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var seen = EventsAsync(stop.Token);
        var running = new Supervisor(Containers, TimeProvider.System, _reports.Add).RunAsync(stop.Token);
        var check = new Oci.HealthCheck { Test = ["CMD-SHELL", "test -f /tmp/ok && echo fine"], Interval = 20_000_000, Retries = 2 };
        var record = Containers.Create(Host.Request(["sleep", "1000"]) with { Health = check });
        await Containers.StartAsync(record.Id, Stop);
        await UntilAsync(seen, running, record.Id, "health_status: unhealthy", 1);
        using (var exec = await Containers.ExecAsync(record.Id, new ExecSpec { Command = ["touch", "/tmp/ok"] }, Stop)) await exec.WaitAsync(Stop);
        await UntilAsync(seen, running, record.Id, "health_status: healthy", 1);
        var health = (await Containers.FindAsync(record.Id, Stop)).State.Health!;
        (health.Status, health.FailingStreak, health.Log[^1].Output).ShouldBe(("healthy", 0, "fine\n"));
        await stop.CancelAsync();
        await running;
        await seen.DisposeAsync();
        await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
    }

    [Fact]
    public async Task Detach_keys_leave_a_container_running()
    {
        var record = await StartAsync(["sh"], new ContainerSpec { Tty = true, OpenStdin = true });
        var (_, attachment) = await Containers.AttachAsync(record.Id, Stop);
        using (attachment)
        {
            var keys = KeySequence.Parse("ctrl-a,b");
            (await attachment.CopyInputAsync(new MemoryStream([.. "echo x"u8, 1, (byte)'x', 1, (byte)'b', .. "exit\n"u8]), keys, Stop)).ShouldBeTrue();
        }
        (await Containers.FindAsync(record.Id, Stop)).State.Status.ShouldBe(ContainerStatus.Running);
        await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
    }

    private IAsyncEnumerator<ContainerEvent> EventsAsync(CancellationToken cancellationToken) =>
        Containers.EventsAsync(since: TimeProvider.System.GetUtcNow(), until: null, cancellationToken).GetAsyncEnumerator(cancellationToken);

    private async Task UntilAsync(IAsyncEnumerator<ContainerEvent> events, Task supervisor, string id, string action, int times)
    {
        while (times > 0)
        {
            var next = events.MoveNextAsync().AsTask();
            // A supervisor that has ended does nothing more that could be waited for.
            if (await Task.WhenAny(next, supervisor) == supervisor) await supervisor;
            (await next).ShouldBeTrue(string.Join('\n', _reports));
            if (events.Current.Id == id && events.Current.Action == action) times--;
        }
    }
}
