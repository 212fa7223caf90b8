using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Pushing blobs": every way, with either algorithm.</summary>
public sealed class BlobPushTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    public static MatrixTheoryData<string, string, int> EveryWay => new(Pushers.Named.Keys, [Digests.Sha256, Digests.Sha512], [0, 1, 512, 3067]);

    public static MatrixTheoryData<string, string> Hints => new(["", "?digest-algorithm=sha256", "?digest-algorithm=sha512"], [Digests.Sha256, Digests.Sha512]);

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_blob_is_pushed_in_every_way(string way, string algorithm, int size)
    {
        var content = Sample.Bytes(size);
        var digest = Digests.Of(content, algorithm);
        await Pushers.Named[way](_repository, content, digest);
        (await _repository.HeadBlobAsync(digest)).Should(HttpStatusCode.OK).Length.ShouldBe(size);
    }

    [Theory]
    [MemberData(nameof(Hints))]
    public async Task The_digest_at_the_end_counts_whatever_algorithm_the_start_named(string hint, string algorithm)
    {
        var content = Sample.Bytes();
        var digest = Digests.Of(content, algorithm);
        var location = await _repository.BeginAsync(hint);
        var patched = (await Pushers.StreamedAsync(_repository, "PATCH", location, content)).Should(HttpStatusCode.Accepted);
        (await Pushers.FinishAsync(_repository, patched.Location!, [], digest)).Should(HttpStatusCode.Created);
        (await _repository.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Theory]
    [InlineData("blake3")]
    [InlineData("md5")]
    [InlineData("SHA256")]
    public async Task An_upload_of_an_unknown_algorithm_is_refused_at_its_start(string algorithm)
    {
        var answer = await registry.SendAsync("POST", $"{_repository.UploadsPath}?digest-algorithm={algorithm}", []);
        registry.Optional(answer.Status != HttpStatusCode.Accepted, "the parameter digest-algorithm");
        answer.ShouldBeFault(HttpStatusCode.BadRequest, "DIGEST_INVALID", "UNSUPPORTED");
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_blob_may_come_twice(string algorithm)
    {
        var content = Sample.Bytes();
        for (var i = 0; i < 2; i++) await _repository.PushBlobAsync(content, algorithm);
        (await _repository.GetBlobAsync(Digests.Of(content, algorithm))).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Fact]
    public async Task A_body_whose_length_is_not_said_is_taken_in_the_put()
    {
        var content = Sample.Bytes(100_000);
        var digest = Digests.Of(content);
        (await Pushers.StreamedAsync(_repository, "PUT", Digests.Onto(await _repository.BeginAsync(), digest), content)).Should(HttpStatusCode.Created);
        (await _repository.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Fact]
    public async Task Several_streams_make_one_blob()
    {
        var (first, second) = (Sample.Bytes(), Sample.Bytes());
        var one = (await Pushers.StreamedAsync(_repository, "PATCH", await _repository.BeginAsync(), first)).Should(HttpStatusCode.Accepted);
        var two = (await Pushers.StreamedAsync(_repository, "PATCH", one.Location!, second)).Should(HttpStatusCode.Accepted);
        (await Pushers.FinishAsync(_repository, two.Location!, [], Digests.Of([.. first, .. second]))).Should(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Uploads_at_the_same_time_do_not_touch_each_other()
    {
        var contents = Enumerable.Range(0, 8).Select(_ => Sample.Bytes(50_000)).ToArray();
        var locations = await Task.WhenAll(contents.Select(_ => _repository.BeginAsync()));
        locations.Distinct(StringComparer.Ordinal).Count().ShouldBe(contents.Length);
        var ends = await Task.WhenAll(contents.Select((c, i) => Pushers.FinishAsync(_repository, locations[i], c, Digests.Of(c))));
        foreach (var end in ends) end.Should(HttpStatusCode.Created);
        foreach (var content in contents) (await _repository.GetBlobAsync(Digests.Of(content))).Body.ShouldBe(content);
    }
}
