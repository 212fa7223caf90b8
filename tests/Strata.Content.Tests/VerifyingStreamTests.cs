using System.Text;
using Strata.Oci;

namespace Strata.Content.Tests;

public sealed class VerifyingStreamTests
{
    private static readonly byte[] Some = Encoding.UTF8.GetBytes("some content");

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, "ended after 11 of 12")]
    [InlineData(1, "longer than the 12 bytes")]
    public async Task The_read_that_ends_it_checks_the_size(int difference, string? reason)
    {
        using var source = new MemoryStream([.. Some.Take(Some.Length + difference), .. new byte[Math.Max(0, difference)]]);
        await using var stream = new VerifyingStream(source, Digest.Of(Some), Some.Length);
        if (reason is null) await stream.CopyToAsync(Stream.Null);
        else (await Should.ThrowAsync<ContentMismatchException>(() => stream.CopyToAsync(Stream.Null))).Message.ShouldContain(reason);
    }

    [Fact]
    public async Task The_read_that_ends_it_checks_the_digest()
    {
        using var source = new MemoryStream(new byte[Some.Length]);
        await using var stream = new VerifyingStream(source, Digest.Of(Some), Some.Length);
        await Should.ThrowAsync<ContentMismatchException>(() => stream.CopyToAsync(Stream.Null));
    }
}
