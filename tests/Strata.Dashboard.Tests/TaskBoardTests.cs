using Microsoft.Extensions.Logging.Abstractions;
using Strata.Dashboard.Tasks;
using Strata.Images;

namespace Strata.Dashboard.Tests;

public sealed class TaskBoardTests : IAsyncDisposable
{
    private readonly TaskBoard _board = new(TimeProvider.System, NullLogger<TaskBoard>.Instance);

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Fact]
    public async Task A_task_ends_with_what_it_said_came_of_it()
    {
        var task = _board.Start("Make", (progress, _) =>
        {
            progress.Finish("Made it.", "/images");
            return Task.CompletedTask;
        });
        await task.Completion;
        task.Snapshot.State.ShouldBe(TaskState.Done);
        task.Snapshot.Outcome.ShouldBe("Made it.");
        task.Snapshot.Ended.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_cancelled_task_is_no_failure()
    {
        var task = _board.Start("Wait", (_, stop) => Task.Delay(Timeout.Infinite, stop));
        _board.Cancel(task.Id).ShouldBeTrue();
        await task.Completion;
        task.Snapshot.State.ShouldBe(TaskState.Cancelled);
        _board.Cancel(task.Id).ShouldBeFalse();
        _board.Cancel("nonsense").ShouldBeFalse();
    }

    [Fact]
    public async Task A_known_failure_keeps_its_advice()
    {
        var task = _board.Start("Pull", (_, _) => throw new ImageException("no such tag", "list the tags"));
        await task.Completion;
        task.Snapshot.Fault!.Message.ShouldBe("no such tag");
        task.Snapshot.Fault.Advice.ShouldBe("list the tags");
    }

    [Fact]
    public async Task An_unknown_failure_shows_no_inner_words()
    {
        var task = _board.Start("Pull", (_, _) => throw new InvalidOperationException("inner words"));
        await task.Completion;
        task.Snapshot.State.ShouldBe(TaskState.Failed);
        task.Snapshot.Fault!.Message.ShouldNotContain("inner words");
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        var task = _board.Start("Pull", (_, _) => throw new TaskCanceledException());
        await task.Completion;
        task.Snapshot.State.ShouldBe(TaskState.Failed);
    }

    [Fact]
    public async Task The_same_key_is_one_task_while_it_runs()
    {
        var go = new TaskCompletionSource();
        var first = _board.Start("Pull", (_, _) => go.Task, key: "a");
        _board.Start("Pull", (_, _) => go.Task, key: "a").ShouldBeSameAs(first);
        _board.Start("Pull", (_, _) => go.Task, key: "b").ShouldNotBeSameAs(first);
        go.SetResult();
        await first.Completion;
        _board.Start("Pull", (_, _) => Task.CompletedTask, key: "a").ShouldNotBeSameAs(first);
    }

    [Theory]
    [InlineData(TaskBoard.MostEnded - 1, TaskBoard.MostEnded - 1)]
    [InlineData(TaskBoard.MostEnded, TaskBoard.MostEnded)]
    [InlineData(TaskBoard.MostEnded + 1, TaskBoard.MostEnded)]
    public async Task A_bounded_number_of_ended_tasks_is_kept(int ended, int kept)
    {
        for (var i = 0; i < ended; i++) await _board.Start("Make", (_, _) => Task.CompletedTask).Completion;
        // The oldest goes when the next one starts.
        var running = _board.Start("Wait", (_, stop) => Task.Delay(Timeout.Infinite, stop));
        _board.List().Count(t => t.State == TaskState.Done).ShouldBe(kept);
        _board.List()[0].Id.ShouldBe(running.Id);
    }

    [Fact]
    public async Task A_watcher_sees_the_board_at_once_and_after_a_change()
    {
        var boards = _board.WatchAsync(TimeSpan.Zero, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var end = boards;
        (await boards.MoveNextAsync()).ShouldBeTrue();
        boards.Current.ShouldBeEmpty();
        var task = _board.Start("Make", (_, _) => Task.CompletedTask);
        while (boards.Current.All(t => t.State != TaskState.Done)) await boards.MoveNextAsync();
        boards.Current.ShouldHaveSingleItem().Id.ShouldBe(task.Id);
    }

    [Fact]
    public async Task Disposing_stops_what_runs()
    {
        var task = _board.Start("Wait", (_, stop) => Task.Delay(Timeout.Infinite, stop));
        await _board.DisposeAsync();
        task.Snapshot.State.ShouldBe(TaskState.Cancelled);
    }
}
