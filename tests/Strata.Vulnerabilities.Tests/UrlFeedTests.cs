using System.Net;
using System.Text;
using Strata.Vulnerabilities.Advisories;
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
    public void The_usual_feeds_are_addresses_of_zips() =>
        OsvFeed.Usual.Select(OsvFeed.UrlOf).ShouldAllBe(u => Uri.IsWellFormedUriString(u, UriKind.Absolute) && u.EndsWith("/all.zip", StringComparison.Ordinal));

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
