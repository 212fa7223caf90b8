using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Feeds;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

public sealed class UrlFeedTests : IDisposable
{
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_URL_is_read_and_named_without_its_credentials()
    {
        var text = Lines(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var update = await UpdateAsync("https://me:secret@advisories.test/debian/feed.jsonl?x=1", new StringContent(text));
        (update.Source.Name, update.Source.Location).ShouldBe(("debian/feed.jsonl", "https://advisories.test/debian/feed.jsonl?x=1"));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.ShouldHaveSingleItem().Database.ShouldBe("debian/feed.jsonl");
        _fixture.FilesBesideDatabase().ShouldBe(["advisories.db", "advisories.db.lock"]);
    }

    [Fact]
    public async Task A_cut_connection_changes_nothing()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var half = new StreamContent(new CutStream(Encoding.UTF8.GetBytes(Lines(Advisory("CVE-2024-0002", "openssl", "introduced 0")))));
        var error = await Should.ThrowAsync<AdvisoryUpdateException>(UpdateAsync("http://me:secret@advisories.test/feed.jsonl", half));
        error.Message.ShouldContain("cut");
        error.Message.ShouldNotContain("secret");
        AdvisoryDatabase.StatusOf(_fixture.Database).Records.ShouldBe(1);
        _fixture.FilesBesideDatabase().ShouldBe(["advisories.db", "advisories.db.lock"]);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        var silent = new StreamContent(new SilentStream(_fixture.Clock));
        var error = await Should.ThrowAsync<AdvisoryUpdateException>(UpdateAsync("http://advisories.test/feed.jsonl", silent));
        error.Message.ShouldContain("did not answer in time");
        _fixture.FilesBesideDatabase().ShouldBe(["advisories.db.lock"]);
    }

    [Fact]
    public void What_is_published_has_a_name_and_an_address_each()
    {
        PublishedFeeds.All.Select(f => f.Name).ShouldBeUnique();
        PublishedFeeds.All.ShouldAllBe(f => Uri.IsWellFormedUriString(f.Address, UriKind.Absolute));
        PublishedFeeds.All.Single(f => f.Name == "rocky-linux").Address.ShouldEndWith("/Rocky%20Linux/all.zip");
    }

    [Fact]
    public async Task A_download_goes_on_where_it_was_cut()
    {
        var text = Lines(Advisory("CVE-2024-0001", "openssl", "introduced 0"), Advisory("CVE-2024-0002", "openssl", "introduced 0"));
        var bytes = Encoding.UTF8.GetBytes(text);
        using var server = new Server(request => request.Headers.Range is null
            ? Marked(new StreamContent(new CutStream(bytes[..100])), HttpStatusCode.OK)
            : Rest(request, bytes));
        await Should.ThrowAsync<AdvisoryUpdateException>(server.UpdateAsync(_fixture));
        (await server.UpdateAsync(_fixture)).Records.ShouldBe(2);
        server.Requests[1].Headers.Range!.ToString().ShouldBe("bytes=100-");
        server.Requests[1].Headers.GetValues("If-Range").ShouldBe([Tag]);
        _fixture.FilesBesideDatabase().ShouldBe(["advisories.db", "advisories.db.lock"]);
    }

    [Fact]
    public async Task What_the_server_has_not_changed_is_not_fetched_again()
    {
        var text = Lines(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        using var server = new Server(request => request.Headers.IfNoneMatch.Count == 0
            ? Marked(new StringContent(text), HttpStatusCode.OK)
            : new HttpResponseMessage(HttpStatusCode.NotModified));
        (await server.UpdateAsync(_fixture)).IsUnchanged.ShouldBeFalse();
        _fixture.Clock.Advance(TimeSpan.FromHours(1));
        var second = await server.UpdateAsync(_fixture);
        (second.IsUnchanged, second.Status.Records, second.Source.Fetched).ShouldBe((true, 1, _fixture.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_source_that_fails_leaves_the_others_alone()
    {
        var good = _fixture.Write("good.jsonl", Lines(Advisory("CVE-2024-0001", "openssl", "introduced 0")));
        var damaged = _fixture.Write("damaged.jsonl", "{}");
        using var http = new HttpClient(new Answer(HttpStatusCode.NotFound, new StringContent("")));
        var outcomes = await new AdvisoryUpdater(_fixture.Database, http, _fixture.Clock)
            .UpdateAsync([damaged, good, "http://advisories.test/all.zip"], null, TestContext.Current.CancellationToken);
        outcomes.Select(o => o.Fault is null).ShouldBe([false, true, false]);
        outcomes[2].Fault!.ShouldContain("404");
        outcomes[1].Update!.Status.Records.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_says_no_is_told() =>
        (await Should.ThrowAsync<AdvisoryUpdateException>(UpdateAsync("http://advisories.test/all.zip", new StringContent(""), HttpStatusCode.NotFound)))
            .Message.ShouldContain("404");

    private async Task<AdvisoryUpdate> UpdateAsync(string url, HttpContent content, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var http = new HttpClient(new Answer(status, content));
        return await new AdvisoryUpdater(_fixture.Database, http, _fixture.Clock).UpdateAsync(url, null, TestContext.Current.CancellationToken);
    }

    private sealed class Answer(HttpStatusCode status, HttpContent content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = content });
    }

    private const string Tag = "\"a\"";

    private static HttpResponseMessage Marked(HttpContent content, HttpStatusCode status)
    {
        var response = new HttpResponseMessage(status) { Content = content };
        response.Headers.ETag = new EntityTagHeaderValue(Tag);
        return response;
    }

    private static HttpResponseMessage Rest(HttpRequestMessage request, byte[] bytes)
    {
        var from = request.Headers.Range!.Ranges.Single().From!.Value;
        var response = Marked(new ByteArrayContent(bytes[(int)from..]), HttpStatusCode.PartialContent);
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length);
        return response;
    }

    private sealed class Server(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<HttpRequestMessage> Requests { get; } = [];

        public async Task<AdvisoryUpdate> UpdateAsync(DatabaseFixture fixture)
        {
            using var http = new HttpClient(this, disposeHandler: false);
            return await new AdvisoryUpdater(fixture.Database, http, fixture.Clock).UpdateAsync("http://advisories.test/feed.jsonl", null, TestContext.Current.CancellationToken);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(answer(request));
        }
    }

    /// <summary>Sends nothing while the clock goes on.</summary>
    private sealed class SilentStream(FixedClock clock) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    private sealed class CutStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new IOException("the connection was cut");
    }
}
