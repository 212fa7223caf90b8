using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Pushing a blob in chunks": chunks must come in order, and a client that lost track can ask.</summary>
public sealed class ChunkOrderTests(Registry registry)
{
    private const int Size = 3067;
    private readonly Repository _repository = registry.Fresh();

    public static MatrixTheoryData<string, string> OrderAndAlgorithm => new(["PATCH", "PUT"], [Digests.Sha256, Digests.Sha512]);

    [Theory]
    [MemberData(nameof(OrderAndAlgorithm))]
    public async Task A_chunk_out_of_order_is_refused_and_the_client_asks_and_goes_on(string last, string algorithm)
    {
        var content = Sample.Bytes(Size);
        var digest = Digests.Of(content, algorithm);
        var location = await _repository.BeginAsync();
        for (var at = 0; at < Size; at += 1024)
        {
            var length = Math.Min(1024, Size - at);
            location = await StrayAsync(location, content, at, digest);
            var isLast = last == "PUT" && at + length == Size;
            var answer = await Pushers.ChunkAsync(_repository, isLast ? "PUT" : "PATCH", isLast ? Digests.Onto(location, digest) : location, content, at, length);
            location = answer.Should(isLast ? HttpStatusCode.Created : HttpStatusCode.Accepted).Location!;
        }
        if (last == "PATCH") (await Pushers.FinishAsync(_repository, location, [], digest)).Should(HttpStatusCode.Created);
        (await _repository.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("100-0")]
    [InlineData("0-")]
    [InlineData("-511")]
    [InlineData("0-10")]
    [InlineData("0-1000")]
    public async Task A_chunk_whose_range_is_none_or_not_its_own_is_refused_and_keeps_nothing(string range)
    {
        var location = await _repository.BeginAsync();
        var answer = await registry.SendAsync("PATCH", location, Sample.Bytes(), ("Content-Range", range));
        answer.Should(HttpStatusCode.RequestedRangeNotSatisfiable, HttpStatusCode.BadRequest);
        (await registry.SendAsync("GET", location)).Should(HttpStatusCode.NoContent).Header("Range").ShouldBe("0-0");
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_put_out_of_order_does_not_end_the_upload(string algorithm)
    {
        var content = Sample.Bytes(Size);
        var digest = Digests.Of(content, algorithm);
        var patched = await Pushers.ChunkAsync(_repository, "PATCH", await _repository.BeginAsync(), content, 0, 1024);
        var location = patched.Should(HttpStatusCode.Accepted).Location!;
        (await Pushers.ChunkAsync(_repository, "PUT", Digests.Onto(location, digest), content, 2048, Size - 2048)).Should(HttpStatusCode.RequestedRangeNotSatisfiable);
        (await Pushers.ChunkAsync(_repository, "PUT", Digests.Onto(location, digest), content, 1024, Size - 1024)).Should(HttpStatusCode.Created);
        (await _repository.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Fact]
    public async Task The_same_chunk_again_is_out_of_order()
    {
        var content = Sample.Bytes(Size);
        var first = (await Pushers.ChunkAsync(_repository, "PATCH", await _repository.BeginAsync(), content, 0, 1024)).Should(HttpStatusCode.Accepted);
        (await Pushers.ChunkAsync(_repository, "PATCH", first.Location!, content, 0, 1024)).Should(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    // Ahead of where the upload is, or back at its beginning when there is nothing ahead.
    private async Task<string> StrayAsync(string location, byte[] content, int at, string digest)
    {
        var stray = at + 1024 < Size ? at + 1024 : 0;
        var answer = stray + 1024 >= Size
            ? await Pushers.ChunkAsync(_repository, "PUT", Digests.Onto(location, digest), content, stray, Size - stray)
            : await Pushers.ChunkAsync(_repository, "PATCH", location, content, stray, 1024);
        answer.Should(HttpStatusCode.RequestedRangeNotSatisfiable);
        var status = (await registry.SendAsync("GET", location)).Should(HttpStatusCode.NoContent);
        status.Header("Range").ShouldBe($"0-{Math.Max(0, at - 1)}");
        return status.Location.ShouldNotBeNull();
    }
}
