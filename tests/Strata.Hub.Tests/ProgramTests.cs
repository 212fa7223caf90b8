using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Strata.Testing;

namespace Strata.Hub.Tests;

/// <summary>The program as it is started: arguments, addresses, signals.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-web-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_hub_says_where_it_listens_and_stops_when_told()
    {
        using var process = Start("hub", "--listen", "127.0.0.1:0", "--data", _folder);
        var line = await process.StandardOutput.ReadLineAsync();
        line.ShouldStartWith("Strata hub listens on http://127.0.0.1:");
        using var client = new HttpClient();
        (await client.GetAsync(line!["Strata hub listens on ".Length..] + "/v2/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        (await process.StandardError.ReadToEndAsync()).ShouldBe("");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "hub")]
    [InlineData(2, "nothing")]
    [InlineData(2, "hub", "--data")]
    [InlineData(2, "hub", "--data", "{folder}", "--wrong", "x")]
    [InlineData(2, "hub", "--data", "{folder}", "--data", "{folder}")]
    [InlineData(2, "hub", "--data", "{folder}", "--listen", "5000")]
    [InlineData(2, "hub", "--data", "{folder}", "--listen", "127.0.0.1")]
    [InlineData(1, "hub", "--data", "{folder}", "--listen", "0.0.0.0:0")]
    [InlineData(1, "hub", "--data", "{folder}", "--listen", "[::]:0")]
    [InlineData(1, "hub", "--data", "/proc/nothing", "--listen", "127.0.0.1:0")]
    [InlineData(1, "hub", "--data", "{folder}", "--config", "/proc/nothing")]
    [InlineData(2, "hub", "--config", "/dev/null")]
    public async Task What_cannot_start_says_so_in_two_lines(int exit, params string[] arguments)
    {
        using var process = Start([.. arguments.Select(a => a.Replace("{folder}", _folder, StringComparison.Ordinal))]);
        await ShouldComplainAsync(process, exit);
    }

    /// <summary>No machine has this address: that the hub tries to listen there is the proof.</summary>
    [Theory]
    [InlineData("open", "this hub has no accounts")]
    [InlineData("accounts", "address")]
    public async Task Elsewhere_than_on_this_machine_a_hub_needs_accounts(string mode, string complaint)
    {
        var file = Path.Combine(_folder, "hub.json");
        await File.WriteAllTextAsync(file, $$"""{ "data": "data", "auth": { "mode": "{{mode}}" } }""");
        using var process = Start("hub", "--config", file, "--listen", "192.0.2.1:0");
        (await ShouldComplainAsync(process, 1)).ShouldContain(complaint);
    }

    [Fact]
    public async Task An_address_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var process = Start("hub", "--listen", listener.LocalEndpoint.ToString()!, "--data", _folder);
        (await ShouldComplainAsync(process, 1)).ShouldContain("is in use");
    }

    [Fact]
    public async Task Two_hubs_do_not_work_in_one_folder()
    {
        using var first = Start("hub", "--listen", "127.0.0.1:0", "--data", _folder);
        await first.StandardOutput.ReadLineAsync();
        using var second = Start("hub", "--listen", "127.0.0.1:0", "--data", _folder);
        (await ShouldComplainAsync(second, 1)).ShouldContain(_folder);
        first.Kill();
        await first.WaitForExitAsync();
    }

    [Fact]
    public async Task The_configuration_is_read_and_the_command_line_wins()
    {
        var file = Path.Combine(_folder, "hub.json");
        await File.WriteAllTextAsync(file, """
            {
              // relative to this file
              "data": "data",
              "listen": "127.0.0.1:1",
              "registry": { "uploadLifetime": "90s" },
            }
            """, TestContext.Current.CancellationToken);
        using var process = Start("hub", "config", "--config", file, "--listen", "127.0.0.1:0");
        var effective = System.Text.Json.Nodes.JsonNode.Parse(await process.StandardOutput.ReadToEndAsync())!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        ((string?)effective["data"]).ShouldBe(Path.Combine(_folder, "data"));
        ((string?)effective["listen"]).ShouldBe("127.0.0.1:0");
        ((string?)effective["registry"]!["uploadLifetime"]).ShouldBe("90s");
        ((int?)effective["registry"]!["maxPage"]).ShouldBe(10_000);

        using var hub = Start("hub", "--config", file, "--listen", "127.0.0.1:0");
        (await hub.StandardOutput.ReadLineAsync()).ShouldStartWith("Strata hub listens on ");
        hub.Kill();
        await hub.WaitForExitAsync();
        File.Exists(Path.Combine(_folder, "data", "registry.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_key_is_in_the_page_for_operators()
    {
        using var process = Start("hub", "config", "--data", _folder);
        var keys = Keys("", System.Text.Json.Nodes.JsonNode.Parse(await process.StandardOutput.ReadToEndAsync())!.AsObject()).ToArray();
        await process.WaitForExitAsync();
        var page = await File.ReadAllLinesAsync(Path.Combine(Checkout.Root, "docs", "operations", "hub.md"), TestContext.Current.CancellationToken);
        page.Select(l => l.Split('`')).Where(l => l is ["| ", _, ..]).Select(l => l[1]).Where(k => !k.StartsWith("strata", StringComparison.Ordinal)).ShouldBe(keys, ignoreOrder: true);
    }

    [Fact]
    public async Task All_faults_of_the_configuration_are_said_at_once()
    {
        var file = Path.Combine(_folder, "hub.json");
        await File.WriteAllTextAsync(file, """{ "registry": { "maxPage": 0, "uploadLifetim": "1h" }, "listne": "x" }""", TestContext.Current.CancellationToken);
        using var process = Start("hub", "--config", file);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(2);
        error.ShouldBe($"""
            strata-web: {file} cannot be used: 3 faults.
              registry.maxPage is 0; it must be 1 to 100000
              registry.uploadLifetim is not a key here; did you mean uploadLifetime?
              listne is not a key here; did you mean listen?

            """);
    }

    private static IEnumerable<string> Keys(string path, System.Text.Json.Nodes.JsonObject section) => section.SelectMany(e =>
        e.Value is System.Text.Json.Nodes.JsonObject inner && inner.Count > 0 ? Keys($"{path}{e.Key}.", inner) : [path + e.Key]);

    private static Process Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "strata-web.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static async Task<string> ShouldComplainAsync(Process process, int exit)
    {
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(exit, error);
        error.TrimEnd().Split('\n').Length.ShouldBe(2, error);
        error.ShouldStartWith("strata-web: ");
        return error;
    }
}
