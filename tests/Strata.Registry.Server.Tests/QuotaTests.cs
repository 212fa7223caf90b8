using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Testing;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

/// <summary>Of 10,000 bytes for the namespace me.</summary>
public sealed class QuotaTests : IAsyncLifetime
{
    private const int Limit = 10_000;
    private readonly Clock _clock = new();
    private RegistryHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync(
        s => s.AddSingleton<TimeProvider>(_clock),
        o => o with { Quota = new QuotaOptions { Default = 1_000_000, Namespaces = new Dictionary<string, long> { ["me"] = Limit } } });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Limit - 1)]
    [InlineData(Limit)]
    public async Task What_fits_exactly_is_kept_however_it_comes(int size)
    {
        foreach (var push in Pushes)
        {
            var content = Bytes(size);
            (await push(content)).StatusCode.ShouldBe(HttpStatusCode.Created);
            Used.ShouldBe(size);
            await Client.DeleteAsync($"/v2/{Repository}/blobs/{Digest.Of(content)}");
            Used.ShouldBe(0);
        }
    }

    [Fact]
    public async Task One_byte_too_many_is_refused_however_it_comes_and_nothing_stays()
    {
        foreach (var push in Pushes)
        {
            var answer = await push(Bytes(Limit + 1));
            await answer.ShouldBeFaultAsync(HttpStatusCode.Forbidden, "DENIED");
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldContain("me may keep 10 kB and keeps 0 B; this is 10 kB more");
            text.ShouldContain("ask an administrator");
            ShouldHaveNothing();
        }
    }

    [Fact]
    public async Task A_full_namespace_takes_no_upload_and_the_others_do()
    {
        await Client.PushBlobAsync(Bytes(Limit));
        await (await Client.SendAsync("POST", "/v2/me/other/blobs/uploads/")).ShouldBeFaultAsync(HttpStatusCode.Forbidden, "DENIED");
        await Client.PushBlobAsync(Bytes(Limit, seed: 2), "you/app");
        await Client.PushBlobAsync(Bytes(Limit, seed: 2), "me2/app");
        await Client.PushBlobAsync(Bytes(Limit, seed: 2), "me3");
    }

    [Fact]
    public async Task What_the_namespace_has_costs_nothing_in_another_repository_of_it()
    {
        var content = Bytes(Limit);
        var digest = await Client.PushBlobAsync(content);
        (await Client.SendAsync("POST", $"/v2/me/two/blobs/uploads/?mount={digest}&from={Repository}")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.SendAsync("POST", $"/v2/me/three/blobs/uploads/?digest={digest}", content)).StatusCode.ShouldBe(HttpStatusCode.Created);
        Used.ShouldBe(Limit);
        Quotas.UsageOf("me", 2).Repositories.ShouldBe([new("me/app", Limit), new("me/three", Limit)]);
        // It is free when the last of them lets go.
        foreach (var (repository, left) in ((string, int)[])[("me/app", Limit), ("me/two", Limit), ("me/three", 0)])
        {
            await Client.DeleteAsync($"/v2/{repository}/blobs/{digest}");
            Used.ShouldBe(left);
        }
        Quotas.UsageOf("me", 2).Repositories.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mount_from_another_namespace_costs_what_the_blob_has()
    {
        var (fits, large) = (await Client.PushBlobAsync(Bytes(Limit), "you/app"), await Client.PushBlobAsync(Bytes(Limit + 1), "you/app"));
        await (await Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={large}&from=you/app")).ShouldBeFaultAsync(HttpStatusCode.Forbidden, "DENIED");
        ShouldHaveNothing(blobs: 2);
        (await Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={fits}&from=you/app")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Used.ShouldBe(Limit);
    }

    [Fact]
    public async Task A_manifest_counts_too_and_a_second_tag_of_it_does_not()
    {
        var manifest = await Client.ManifestAsync();
        var filler = Limit - (int)Used - manifest.Length + 1;
        var digest = await Client.PushBlobAsync(Bytes(filler, seed: 3));
        await (await Client.PutManifestAsync(manifest, "v1")).ShouldBeFaultAsync(HttpStatusCode.Forbidden, "DENIED");
        (await Client.GetAsync($"/v2/{Repository}/manifests/v1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Client.DeleteAsync($"/v2/{Repository}/blobs/{digest}");
        await Client.PushBlobAsync(Bytes(filler - 1, seed: 3));
        foreach (var tag in (string[])["v1", "v2"]) (await Client.PutManifestAsync(manifest, tag)).StatusCode.ShouldBe(HttpStatusCode.Created);
        Used.ShouldBe(Limit);
    }

    [Fact]
    public async Task What_was_deleted_is_free_when_it_is_gone_for_good()
    {
        var digest = await Client.PushImageAsync("v1");
        var used = Used;
        await Client.DeleteAsync($"/v2/{Repository}/manifests/{digest}");
        await CollectAsync();
        Used.ShouldBe(used);
        _clock.Pass(new GarbageOptions().KeepDeleted);
        await CollectAsync();
        Used.ShouldBe(102); // the blobs have their lease
        _clock.Pass(new GarbageOptions().Lease);
        await CollectAsync();
        ShouldHaveNothing();
    }

    [Fact]
    public async Task Those_who_push_at_once_never_keep_more_together_than_they_may()
    {
        const int size = 3000;
        // All have begun, and all have sent all but the last byte, before the first of them ends.
        var uploads = new List<(string Location, byte[] Content)>();
        for (var seed = 0; seed < 8; seed++)
        {
            var (location, content) = (await Client.BeginAsync($"me/app{seed}"), Bytes(size, seed));
            (await Client.SendAsync("PATCH", location, content[..^1])).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            uploads.Add((location, content));
        }
        var answers = await Task.WhenAll(uploads.Select(u => Client.SendAsync("PUT", $"{u.Location}?digest={Digest.Of(u.Content)}", u.Content[^1..])));
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(Limit / size);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) await refused.ShouldBeFaultAsync(HttpStatusCode.Forbidden, "DENIED");
        Used.ShouldBe(Limit / size * size);
        FilesIn("blobs").Length.ShouldBe(Limit / size);
        FilesIn("uploads").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_administrators_word_goes_before_the_configuration_until_it_is_taken_back()
    {
        await Client.PushBlobAsync(Bytes(5000));
        await SetAsync("4kB");
        Quotas.UsageOf("me", 1).ShouldSatisfyAllConditions(u => u.Limit.ShouldBe(4000), u => u.Used.ShouldBe(5000));
        (await Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Client.GetAsync($"/v2/{Repository}/blobs/{Digest.Of(Bytes(5000))}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SetAsync("none");
        Quotas.UsageOf("me", 1).Limit.ShouldBeNull();
        await Client.PushBlobAsync(Bytes(Limit * 2));
        await SetAsync("default");
        Quotas.UsageOf("me", 1).Limit.ShouldBe(Limit);
        (await Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Quotas.UsageOf("nobody", 1).ShouldSatisfyAllConditions(u => u.Limit.ShouldBe(1_000_000), u => u.Used.ShouldBe(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("-1")]
    public void A_limit_that_is_none_is_not_taken(string text) => QuotaSetting.TryParse(text, out _).ShouldBeFalse();

    private HttpClient Client => _host.Client;

    private INamespaceQuotas Quotas => _host.Services.GetRequiredService<INamespaceQuotas>();

    private long Used => Quotas.UsageOf("me", 1).Used;

    private Func<byte[], Task<HttpResponseMessage>>[] Pushes =>
    [
        content => Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={Digest.Of(content)}", content),
        async content => await Client.SendAsync("PUT", $"{await Client.BeginAsync()}?digest={Digest.Of(content)}", content),
        async content =>
        {
            // Nobody says how long it is.
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{await Client.BeginAsync()}?digest={Digest.Of(content)}");
            request.Content = new StreamContent(new MemoryStream(content));
            request.Headers.TransferEncodingChunked = true;
            return await Client.SendAsync(request);
        },
        async content =>
        {
            var location = await Client.BeginAsync();
            await Client.SendAsync("PATCH", location, content[..1000]);
            return await Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content)}", content[1000..]);
        },
    ];

    private async Task SetAsync(string limit)
    {
        QuotaSetting.TryParse(limit, out var setting).ShouldBeTrue();
        await Quotas.SetAsync("me", setting, TestContext.Current.CancellationToken);
    }

    private async Task CollectAsync() =>
        await _host.Services.GetRequiredService<IRegistryMaintenance>().CollectAsync(dryRun: false, TestContext.Current.CancellationToken);

    private string[] FilesIn(string folder) => Directory.GetFiles(Path.Combine(_host.Folder, folder), "*", SearchOption.AllDirectories);

    private void ShouldHaveNothing(int blobs = 0)
    {
        Used.ShouldBe(0);
        FilesIn("blobs").Length.ShouldBe(blobs);
        FilesIn("uploads").ShouldBeEmpty();
    }
}
