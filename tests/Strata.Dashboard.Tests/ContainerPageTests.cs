using System.Net;
using System.Net.Sockets;

namespace Strata.Dashboard.Tests;

/// <summary>Containers as the pages make, show, change and remove them: real ones.</summary>
public sealed class ContainerPageTests : IClassFixture<RunningContainers>
{
    private readonly RunningContainers _running;
    private readonly RunningDashboard _dashboard;

    public ContainerPageTests(RunningContainers running)
    {
        (_running, _dashboard) = (running, running.Dashboard);
        if (RunningContainers.Missing() is { } why) Assert.Skip(why);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_run_looked_at_stopped_started_and_removed()
    {
        (await _dashboard.PageAsync($"/images/{_running.Image}/run")).ShouldContain("127.0.0.1::8080");
        var page = await RunAsync(("name", "web"), ("env", "WHO=you\r\nPASSWORD=hidden one\r\n"), ("volumes", "kept:/data:ro"), ("network", "none"), ("ports", ""));
        var shown = WebUtility.HtmlDecode(await _dashboard.PageAsync(page));
        shown.ShouldContain(">Running<");
        shown.ShouldContain("the volume kept, read only");
        shown.ShouldContain("Hidden, since it may be a secret");
        (await UntilLogAsync(page, "welcome you")).ShouldContain("\"isError\":true");
        (await _dashboard.PageAsync(page)).ShouldContain("welcome you");

        (await PostAsync($"{page}/stop")).ShouldBe(page);
        await Task.WhenAll(_dashboard.Board.List().Select(t => _dashboard.Board.Find(t.Id)!.Completion));
        WebUtility.HtmlDecode(await _dashboard.PageAsync(page)).ShouldContain("Ended with 137");
        (await PostAsync($"{page}/start", ("back", "/containers"))).ShouldBe("/containers");
        (await _dashboard.PageAsync("/containers")).ShouldContain("1 running of 1");

        (await _dashboard.PageAsync($"{page}/remove")).ShouldContain("It runs, and will be killed.");
        var removed = await PostAsync($"{page}/removal", ("volumes", "yes"));
        (await _dashboard.PageAsync(removed)).ShouldContain("Removed web.");
        (await _dashboard.Containers.ListAsync(Stop)).ShouldBeEmpty();
        _dashboard.Containers.Volumes.TryFind("kept").ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_what_was_written_stays()
    {
        var page = await RunAsync(("name", "first"), ("network", "none"), ("ports", ""));
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await RefusedAsync("name-fault-0", "is already in use by container", ("name", "first"), ("network", "none"));
        await RefusedAsync("name-fault-0", "Invalid container name", ("name", "no way"), ("network", "none"));
        await RefusedAsync("ports-fault-0", $"it is taken by {System.Diagnostics.Process.GetCurrentProcess().ProcessName[..8]}", ("ports", $"127.0.0.1:{port}:80"));
        await RefusedAsync("ports-fault-1", "Invalid hostPort: many", ("ports", "x:80\nmany:80"));
        await RefusedAsync("volumes-fault-0", "bind source path does not exist: /no/such/folder", ("volumes", "/no/such/folder:/data"), ("network", "none"));
        await RefusedAsync("env-fault-0", "“NOVALUE” has no value", ("env", "A=1\nNOVALUE"), ("network", "none"));
        await RefusedAsync("command-fault-0", "executable file not found", ("command", "nosuchprogram -x"), ("network", "none"));
        await RefusedAsync("command-fault-0", "quote", ("command", "sh -c 'half"), ("network", "none"));
        (await _dashboard.Containers.ListAsync(Stop)).Select(c => $"/containers/{c.Id}").ShouldBe([page]);
        await PostAsync($"{page}/removal", ("volumes", "yes"));
        _dashboard.Containers.Volumes.List().Where(v => v.IsAnonymous).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_stream_of_a_page_without_containers_has_the_tasks_alone_and_that_of_the_list_their_changes()
    {
        using var response = await _dashboard.Client.GetAsync("/api/v1/events?watch=all", HttpCompletionOption.ResponseHeadersRead, Stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        (await reader.ReadLineAsync(Stop)).ShouldBe("event: board");
        var page = await RunAsync(("network", "none"), ("command", "true"), ("ports", ""));
        var actions = new List<string>();
        while (!actions.Contains("die"))
        {
            var line = await reader.ReadLineAsync(Stop);
            if (line?.StartsWith("data: {\"id\":", StringComparison.Ordinal) == true) actions.Add(line.Split('"')[^2]);
        }
        actions.ShouldBe(["create", "start", "die"]);
        await PostAsync($"{page}/removal", ("volumes", "yes"));
    }

    /// <returns>The container's page.</returns>
    private async Task<string> RunAsync(params (string, string)[] fields)
    {
        var page = await PostAsync($"/images/{_running.Image}/containers", fields);
        page.ShouldStartWith("/containers/");
        return page;
    }

    private async Task<string> PostAsync(string path, params (string, string)[] fields)
    {
        using var response = await _dashboard.PostAsync(path, fields);
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await response.Content.ReadAsStringAsync(Stop));
        return response.Headers.Location!.OriginalString;
    }

    private async Task RefusedAsync(string field, string message, params (string Key, string Value)[] fields)
    {
        using var response = await _dashboard.PostAsync($"/images/{_running.Image}/containers", fields);
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Stop));
        var at = page.IndexOf($"id=\"{field}\"", StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0, page);
        page[at..page.IndexOf("</p>", at, StringComparison.Ordinal)].ShouldContain(message);
        foreach (var (_, value) in fields) page.ShouldContain(value.Split('\n')[0]);
    }

    /// <summary>Follows the page's stream until its log has a text, and gives what came.</summary>
    private async Task<string> UntilLogAsync(string page, string text)
    {
        using var response = await _dashboard.Client.GetAsync($"/api/v1/events?watch={page["/containers/".Length..]}", HttpCompletionOption.ResponseHeadersRead, Stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        var all = "";
        while (!all.Contains(text, StringComparison.Ordinal) || !all.Contains("oh\\n", StringComparison.Ordinal)) all += await reader.ReadLineAsync(Stop);
        return all;
    }
}
