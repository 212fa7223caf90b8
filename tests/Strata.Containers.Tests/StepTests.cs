using System.Text;
using Strata.Layers;

namespace Strata.Containers.Tests;

/// <summary>What a builder uses: one process over layers, whose changes are left in a folder.</summary>
public sealed class StepTests(ContainerHost host) : ContainerFixture(host)
{
    private StepSpec Step(string name, params string[] arguments) => new()
    {
        Layers = [.. Host.Images.Inspect("box:1").Layers.Select(l => LayerUnpacker.PathIn(Host.Store.Layers, l.DiffId))],
        Upper = Path.Combine(Host.Folder, name, "upper"),
        Work = Path.Combine(Host.Folder, name, "work"),
        Arguments = arguments,
    };

    [Fact]
    public async Task The_upper_folder_has_what_the_step_changed_and_nothing_else()
    {
        var step = Step("changes", "/bin/sh", "-c", "echo a > /new; rm /etc/motd; chmod 700 /home/web; echo said; echo wrong >&2; exit 3");
        using var output = new MemoryStream();
        using var errors = new MemoryStream();
        (await new StepRunner(_ => { }).RunAsync(step, output, errors, Stop)).ShouldBe(3);
        Encoding.UTF8.GetString(output.ToArray()).ShouldBe("said\n");
        Encoding.UTF8.GetString(errors.ToArray()).ShouldBe("wrong\n");
        Directory.EnumerateFileSystemEntries(step.Upper, "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(step.Upper, p)).Order(StringComparer.Ordinal)
            .ShouldBe(["etc", "etc/motd", "home", "home/web", "new"]);
        Directory.Exists(step.Work).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cancelled_step_leaves_no_process_and_no_mount()
    {
        var step = Step("cancelled", "/bin/sh", "-c", "echo ready; sleep 1000");
        using var cancel = new CancellationTokenSource();
        using var output = new Told(cancel.Cancel);
        await Should.ThrowAsync<OperationCanceledException>(() => new StepRunner(_ => { }).RunAsync(step, output, Stream.Null, cancel.Token));
        Directory.Exists(step.Work).ShouldBeFalse();
        (await File.ReadAllTextAsync("/proc/self/mountinfo", Stop)).ShouldNotContain(step.Work);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_said_to_be_so()
    {
        var failure = await Should.ThrowAsync<ContainerException>(() => new StepRunner(_ => { }).RunAsync(Step("missing", "/bin/nope"), Stream.Null, Stream.Null, Stop));
        failure.ExitCode.ShouldBe(ContainerException.NotFound);
    }

    private sealed class Told(Action wrote) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wrote();
            return ValueTask.CompletedTask;
        }
    }
}
