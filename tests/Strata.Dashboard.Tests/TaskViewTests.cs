using System.Text;
using Strata.Dashboard.Tasks;
using Strata.Images;
using Strata.Oci;

namespace Strata.Dashboard.Tests;

public sealed class TaskViewTests
{
    [Fact]
    public void A_running_pull_tells_bytes_speed_time_and_layers()
    {
        var view = TaskView.Of(Running(done: 61_200_000));
        view.Text.ShouldBe("61.2 MB of 71.4 MB · 12.3 MB/s · 1 s left · 1 of 2 layers, 1 already here");
        view.Percent.ShouldBe(85);
        view.Parts.Select(p => p.Text).ShouldBe(["already here, 30.0 MB", "61.2 MB of 71.4 MB"]);
    }

    [Fact]
    public void Bytes_alone_do_not_change_the_shape_of_a_row() =>
        TaskView.Of(Running(done: 1)).Shape.ShouldBe(TaskView.Of(Running(done: 2)).Shape);

    [Fact]
    public void Cancelling_and_ending_do()
    {
        var shapes = new[] { Running(1), Running(1) with { Cancelling = true }, Running(1) with { State = TaskState.Cancelled } }.Select(t => TaskView.Of(t).Shape);
        shapes.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void The_tray_sums_all_running_tasks()
    {
        TrayView.Of([Running(71_400_000), Running(0)]).Text.ShouldBe("2 tasks running, 50 %");
        TrayView.Of([]).Running.ShouldBe(0);
    }

    private static TaskSnapshot Running(long done) => new()
    {
        Id = "1",
        Title = "Pull python",
        Started = DateTimeOffset.UnixEpoch,
        BytesPerSecond = 12_300_000,
        Remaining = TimeSpan.FromSeconds(1),
        Transfer = new TransferProgress
        {
            Phase = TransferPhase.Moving,
            TotalBytes = 71_400_000,
            DoneBytes = done,
            ReusedBytes = 30_000_000,
            Blobs = [new(Layer("a", 30_000_000), true, BlobState.Reused, 0), new(Layer("b", 71_400_000), true, BlobState.Moving, done)],
        },
    };

    private static Descriptor Layer(string text, long size) =>
        new() { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.Of(Encoding.UTF8.GetBytes(text)), Size = size };
}
