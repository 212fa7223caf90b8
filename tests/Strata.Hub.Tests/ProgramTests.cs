using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

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
    public async Task What_cannot_start_says_so_in_two_lines(int exit, params string[] arguments)
    {
        using var process = Start([.. arguments.Select(a => a.Replace("{folder}", _folder, StringComparison.Ordinal))]);
        await ShouldComplainAsync(process, exit);
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
