using System.Net;
using Strata.Dashboard.Tasks;

namespace Strata.Dashboard.Tests;

public sealed class TaskTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    [Fact]
    public async Task A_pull_that_fails_says_why_on_the_board()
    {
        using var response = await dashboard.PostAsync("/pulls", ("name", "127.0.0.1:1/library/python"), ("tag", "3.11"));
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var id = response.Headers.Location!.OriginalString["/tasks#task-".Length..];
        await dashboard.Board.Find(id)!.Completion;
        var page = await dashboard.PageAsync("/tasks");
        page.ShouldContain("Pull 127.0.0.1:1/library/python:3.11");
        page.ShouldContain("Failed");
        page.ShouldContain("role=\"alert\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("name with blanks")]
    public async Task What_is_no_image_name_is_refused_with_an_example(string name)
    {
        using var response = await dashboard.PostAsync("/pulls", ("name", name));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Write it as HOST/REPOSITORY:TAG");
    }

    [Fact]
    public async Task A_task_goes_on_when_the_page_is_left_and_is_cancelled_by_its_button()
    {
        var task = dashboard.Board.Start("Wait for nothing", (progress, stop) =>
        {
            progress.Say("Waiting");
            return Task.Delay(Timeout.Infinite, stop);
        });
        (await dashboard.PageAsync("/images")).ShouldContain("data-running=\"1\"");
        (await dashboard.PageAsync("/tasks")).ShouldContain($"action=\"/tasks/{task.Id}/cancel\"");
        using var response = await dashboard.PostAsync($"/tasks/{task.Id}/cancel");
        response.Headers.Location!.OriginalString.ShouldBe("/tasks");
        await task.Completion;
        task.Snapshot.State.ShouldBe(TaskState.Cancelled);
    }

    [Fact]
    public async Task Events_give_the_board_at_once()
    {
        using var response = await dashboard.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("event: board");
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldStartWith("data: {\"tray\":{\"running\":");
    }

    [Fact]
    public async Task A_task_that_is_not_there_is_a_404()
    {
        using var response = await dashboard.Client.GetAsync("/api/v1/tasks/999", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
