using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Parts of a blob. Distribution spec, "Pulling blobs"; RFC 9110, section 14.</summary>
public sealed class RangeTests(Registry registry)
{
    private const int Size = 2048;
    private readonly Repository _repository = registry.Fresh();

    public static MatrixTheoryData<(string Range, int First, int Last), string> Parts => new(
        [
            ("500-1499", 500, 1499), ("500-", 500, Size - 1), ("-500", Size - 500, Size - 1), ("2000-5000", 2000, Size - 1),
            ("0-0", 0, 0), ("2047-2047", 2047, 2047), ("-5000", 0, Size - 1), ("0-", 0, Size - 1),
        ],
        [Digests.Sha256, Digests.Sha512]);

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_part_is_sent_and_named((string Range, int First, int Last) part, string algorithm)
    {
        var content = Sample.Bytes(Size);
        var digest = await _repository.PushBlobAsync(content, algorithm);
        var answer = (await _repository.GetBlobAsync(digest, ("Range", "bytes=" + part.Range))).Should(HttpStatusCode.PartialContent);
        answer.Body.ShouldBe(content[part.First..(part.Last + 1)]);
        answer.Length.ShouldBe(part.Last - part.First + 1);
        answer.Header("Content-Range").ShouldBe($"bytes {part.First}-{part.Last}/{Size}");
    }

    [Theory]
    [InlineData("5000-10000")]
    [InlineData("2048-")]
    [InlineData("500-0")]
    [InlineData("-0")]
    public async Task A_part_that_is_not_there_cannot_be_had(string range)
    {
        var digest = await _repository.PushBlobAsync(Sample.Bytes(Size));
        var answer = (await _repository.GetBlobAsync(digest, ("Range", "bytes=" + range))).Should(HttpStatusCode.RequestedRangeNotSatisfiable);
        answer.Header("Content-Range").ShouldBeOneOf($"bytes */{Size}", null!);
    }

    [Theory]
    [InlineData("pages=1-2")]
    [InlineData("bytes=one-two")]
    [InlineData("bytes=")]
    public async Task What_is_no_range_of_bytes_gets_the_whole(string range)
    {
        var content = Sample.Bytes(Size);
        var digest = await _repository.PushBlobAsync(content);
        (await _repository.GetBlobAsync(digest, ("Range", range))).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Fact]
    public async Task A_blob_cut_off_while_it_was_pulled_is_gone_on_with()
    {
        var content = Sample.Bytes(Size);
        var digest = await _repository.PushBlobAsync(content);
        var first = await _repository.GetBlobAsync(digest, ("Range", "bytes=0-999"));
        var rest = await _repository.GetBlobAsync(digest, ("Range", "bytes=1000-"));
        Digests.Of([.. first.Body, .. rest.Body]).ShouldBe(digest);
    }
}
