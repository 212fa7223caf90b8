using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Content.Tests;

public sealed class PartialBlobTests : StoreFolder
{
    private const int Checkpoint = 8 * 1024 * 1024;
    private static readonly byte[] Large = RandomNumberGenerator.GetBytes(3 * Checkpoint + 1234);

    [Theory]
    [InlineData(DigestAlgorithm.Sha256, 0)]
    [InlineData(DigestAlgorithm.Sha256, 1)]
    [InlineData(DigestAlgorithm.Sha256, Checkpoint)]
    [InlineData(DigestAlgorithm.Sha256, Checkpoint + 77)]
    [InlineData(DigestAlgorithm.Sha512, 2 * Checkpoint + 5)]
    public async Task A_download_goes_on_where_it_stopped_with_the_same_digest(DigestAlgorithm algorithm, int stoppedAt)
    {
        var promised = Promised(Large, algorithm);
        using (var first = await OpenAsync(promised)) await WriteAsync(first, Large.AsMemory(0, stoppedAt));
        using (var second = await OpenAsync(promised))
        {
            second.Length.ShouldBe(stoppedAt);
            await WriteAsync(second, Large.AsMemory(stoppedAt));
            second.Commit();
        }
        (await File.ReadAllBytesAsync(Store.BlobPath(promised.Digest))).ShouldBe(Large);
        Leftovers.ShouldBeEmpty();
        (await Store.ResumeAsync(promised, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_there_is_hashed_only_from_the_last_note_on()
    {
        var promised = Promised(Large, DigestAlgorithm.Sha256);
        using (var first = await OpenAsync(promised)) await WriteAsync(first, Large.AsMemory(0, Checkpoint + 100));
        // The bytes before the note are spoilt on disk; only who hashes them again would see it.
        var partial = Leftovers.Single(f => !f.Contains('.', StringComparison.Ordinal));
        await using (var file = File.OpenWrite(partial)) file.WriteByte((byte)~Large[0]);
        using var second = await OpenAsync(promised);
        await WriteAsync(second, Large.AsMemory(Checkpoint + 100));
        Should.NotThrow(second.Verify);
    }

    [Fact]
    public async Task What_turns_out_to_be_damaged_is_not_kept()
    {
        var promised = Promised(Large, DigestAlgorithm.Sha256);
        using (var first = await OpenAsync(promised)) await WriteAsync(first, Large.AsMemory(0, 1000));
        var partial = Leftovers.Single(f => !f.Contains('.', StringComparison.Ordinal));
        await using (var file = File.OpenWrite(partial)) file.WriteByte((byte)~Large[0]);
        using (var second = await OpenAsync(promised))
        {
            await WriteAsync(second, Large.AsMemory(1000));
            Should.Throw<ContentMismatchException>(second.Commit).Message.ShouldContain(promised.Digest.ToString());
        }
        Leftovers.ShouldBeEmpty();
        Store.Contains(promised.Digest).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_comes_second_waits_and_finds_that_it_came()
    {
        var promised = Promised(Large, DigestAlgorithm.Sha256);
        var first = await OpenAsync(promised);
        var waiting = ContentStore.Open(Store.Root).ResumeAsync(promised, CancellationToken.None);
        await WriteAsync(first, Large);
        waiting.IsCompleted.ShouldBeFalse();
        first.Commit();
        first.Dispose();
        (await waiting).ShouldBeNull();
    }

    [Fact]
    public async Task Who_comes_second_goes_on_when_the_first_gives_up()
    {
        var promised = Promised(Large, DigestAlgorithm.Sha256);
        var first = await OpenAsync(promised);
        var waiting = ContentStore.Open(Store.Root).ResumeAsync(promised, CancellationToken.None);
        await WriteAsync(first, Large.AsMemory(0, 5000));
        first.Dispose();
        using var second = (await waiting).ShouldNotBeNull();
        second.Length.ShouldBe(5000);
    }

    [Fact]
    public async Task One_byte_more_than_promised_is_refused_and_nothing_is_kept()
    {
        var promised = Promised(Large, DigestAlgorithm.Sha256);
        using (var partial = await OpenAsync(promised))
        {
            await WriteAsync(partial, Large);
            await Should.ThrowAsync<ContentMismatchException>(async () => await partial.WriteAsync(new byte[1], CancellationToken.None));
        }
        Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sweep_leaves_downloads_that_may_go_on_until_they_are_abandoned()
    {
        var promised = Promised(Large, DigestAlgorithm.Sha256);
        using (var first = await OpenAsync(promised)) await WriteAsync(first, Large.AsMemory(0, Checkpoint));
        _ = Store.TrySweep(() => new NeededContent(new HashSet<Digest>(), _ => true), _ => { });
        Leftovers.ShouldNotBeEmpty();
        _ = Store.TrySweep(() => new NeededContent(new HashSet<Digest>(), _ => true) { IsNeededPartial = _ => false }, _ => { });
        Leftovers.ShouldBeEmpty();
    }

    private static Descriptor Promised(byte[] content, DigestAlgorithm algorithm) =>
        new() { MediaType = "application/octet-stream", Digest = Digest.Of(content, algorithm), Size = content.Length };

    private async Task<PartialBlob> OpenAsync(Descriptor promised) => (await Store.ResumeAsync(promised, CancellationToken.None)).ShouldNotBeNull();

    private static async Task WriteAsync(PartialBlob partial, ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at += 100_000)
            await partial.WriteAsync(bytes[at..Math.Min(bytes.Length, at + 100_000)], CancellationToken.None);
    }
}
