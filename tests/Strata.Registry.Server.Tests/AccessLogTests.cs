using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class AccessLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_request_is_a_line_that_says_what_was_done_and_no_secret()
    {
        var file = Path.Combine(_folder, "logs", "access.log");
        var content = Bytes(5000);
        var digest = Digest.Of(content);
        string id;
        await using (var host = await RegistryHost.StartAsync(options: o => o with { AccessLog = new AccessLogOptions { Format = AccessLogFormat.Json, File = file } }))
        {
            await host.Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", content);
            id = (await host.Client.GetAsync($"/v2/{Repository}/blobs/{digest}")).Header("X-Request-Id");
            await host.Client.SendAsync(
                "GET", $"/v2/{Repository}/manifests/none?token=hush&digest=x&hush", headers: [("Authorization", "Basic c2VjcmV0OnNlY3JldA=="), ("X-Request-Id", "mine-1"), ("User-Agent", "test/1")]);
        }
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        text.ShouldNotContain("hush");
        text.ShouldNotContain("c2VjcmV0");
        var lines = text.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        lines.Length.ShouldBe(3);

        Text(lines[0], "action").ShouldBe("push");
        lines[0].GetProperty("received").GetInt64().ShouldBe(5000);
        lines[0].GetProperty("status").GetInt32().ShouldBe(201);
        Text(lines[1], "action").ShouldBe("pull");
        lines[1].GetProperty("sent").GetInt64().ShouldBe(5000);
        Text(lines[1], "request_id").ShouldBe(id);
        Text(lines[1], "remote").ShouldBe("127.0.0.1");
        Text(lines[2], "path").ShouldBe($"/v2/{Repository}/manifests/none?token=...&digest=x&...");
        Text(lines[2], "repository").ShouldBe(Repository);
        Text(lines[2], "error").ShouldBe("MANIFEST_UNKNOWN");
        Text(lines[2], "request_id").ShouldBe("mine-1");
        Text(lines[2], "user_agent").ShouldBe("test/1");
    }

    [Fact]
    public async Task A_request_id_that_could_harm_a_log_is_not_taken()
    {
        await using var host = await RegistryHost.StartAsync(
            options: o => o with { AccessLog = new AccessLogOptions { Format = AccessLogFormat.Json, File = Path.Combine(_folder, "access.log") } });
        foreach (var id in (string[])["a b", "\"", new string('a', 65)])
            (await host.Client.SendAsync("GET", "/v2/", headers: ("X-Request-Id", id))).Header("X-Request-Id").ShouldNotBe(id);
        var longest = new string('a', 64);
        (await host.Client.SendAsync("GET", "/v2/", headers: ("X-Request-Id", longest))).Header("X-Request-Id").ShouldBe(longest);
    }

    [Fact]
    public void The_combined_format_is_that_of_others_and_cannot_be_broken_out_of()
    {
        var buffer = new ArrayBufferWriter<byte>();
        AccessFormats.WriteCombined(
            new AccessEntry
            {
                Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                Remote = IPAddress.Parse("192.0.2.7"),
                User = "ann",
                Method = "GET",
                Target = "/v2/a/b/manifests/v1",
                Protocol = "HTTP/1.1",
                Status = 200,
                Sent = 812,
                UserAgent = "evil\" \\ \u0007",
                RequestId = "x",
            },
            buffer);
        Encoding.UTF8.GetString(buffer.WrittenSpan).ShouldBe(
            """192.0.2.7 - ann [02/Jan/2026:03:04:05 +0000] "GET /v2/a/b/manifests/v1 HTTP/1.1" 200 812 "-" "evil\" \\ \x07" """.TrimEnd() + "\n");
    }

    [Fact]
    public void A_full_file_is_set_aside_and_the_oldest_goes()
    {
        var path = Path.Combine(_folder, "access.log");
        using (var file = new RotatingFile(path, maxSize: 10, keep: 2))
        {
            // One below the size, exactly, and one above it.
            foreach (var line in (string[])["123456789\n", "a\n", "bbbbbbb\n", "c\n", "dddddddddd\n"]) file.Write(Encoding.UTF8.GetBytes(line));
        }
        Directory.GetFiles(_folder).Select(f => (Path.GetFileName(f), File.ReadAllText(f))).Order().ShouldBe(
            [("access.log", "dddddddddd\n"), ("access.log.1", "c\n"), ("access.log.2", "a\nbbbbbbb\n")]);
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
