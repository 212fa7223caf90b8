using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

/// <summary>What every storage promises; the tests of each implementation derive from it.</summary>
public abstract class BlobStorageContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IBlobStorage Storage { get; }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task What_is_committed_is_there_under_its_key_and_the_upload_is_gone(DigestAlgorithm algorithm)
    {
        var content = Bytes(1000);
        var key = new BlobKey(Digest.Of(content, algorithm), "1a");
        using (var upload = await Storage.CreateUploadAsync("a", Token))
        {
            await upload.AppendAsync([content.AsMemory(0, 400), content.AsMemory(400)], 1000, Token);
            (await Storage.OpenAsync(key, Token)).ShouldBeNull();
            await upload.CommitAsync(key, Token);
        }
        (await Storage.OpenUploadAsync("a", Token)).ShouldBeNull();
        using var blob = (await Storage.OpenAsync(key, Token)).ShouldNotBeNull();
        blob.Size.ShouldBe(1000);
        var read = new byte[2000];
        (await blob.ReadAsync(read, 990, Token)).ShouldBe(10);
        read[..10].ShouldBe(content[990..]);
        (await blob.ReadAsync(read, 1000, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Two_writings_of_the_same_bytes_come_and_go_by_themselves()
    {
        var (first, second) = (await StoreAsync("1a"), await StoreAsync("2b"));
        await Storage.RemoveAsync(first, Token);
        (await Storage.OpenAsync(first, Token)).ShouldBeNull();
        using var blob = (await Storage.OpenAsync(second, Token)).ShouldNotBeNull();
        blob.Size.ShouldBe(10);
    }

    [Fact]
    public async Task Whoever_reads_a_blob_that_is_removed_reads_on()
    {
        var key = await StoreAsync("1a");
        using var blob = (await Storage.OpenAsync(key, Token)).ShouldNotBeNull();
        await Storage.RemoveAsync(key, Token);
        var read = new byte[10];
        (await blob.ReadAsync(read, 0, Token)).ShouldBe(10);
        read.ShouldBe(Bytes(10));
    }

    [Fact]
    public async Task What_is_quarantined_is_not_there_and_not_listed()
    {
        var key = await StoreAsync("1a");
        await Storage.QuarantineAsync(key, Token);
        (await Storage.OpenAsync(key, Token)).ShouldBeNull();
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Removing_and_quarantining_what_is_not_there_is_harmless()
    {
        var key = new BlobKey(Digest.Of(Bytes(10)), "1a");
        await Storage.RemoveAsync(key, Token);
        await Storage.QuarantineAsync(key, Token);
    }

    [Fact]
    public async Task All_that_is_stored_is_listed()
    {
        BlobKey[] keys = [await StoreAsync("1a"), await StoreAsync("2b"), await StoreAsync("", seed: 2)];
        var listed = await ListAsync();
        listed.Select(s => s.Key).ShouldBe(keys, ignoreOrder: true);
        listed.ShouldAllBe(s => s.Size == 10 && s.Written > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task An_upload_goes_on_where_it_was()
    {
        using (var upload = await Storage.CreateUploadAsync("a", Token)) await upload.AppendAsync([Bytes(10)], 10, Token);
        using var again = (await Storage.OpenUploadAsync("a", Token)).ShouldNotBeNull();
        again.Length.ShouldBe(10);
        await again.TruncateAsync(4, Token);
        await again.AppendAsync([Bytes(3, seed: 2)], 3, Token);
        again.Length.ShouldBe(7);
        var read = new byte[10];
        (await again.ReadAsync(read, 0, Token)).ShouldBe(7);
        read[..7].ShouldBe([.. Bytes(10)[..4], .. Bytes(3, seed: 2)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5 * 1024 * 1024 + 1)]
    public async Task A_blob_may_be_of_any_size_and_is_read_in_any_part(int size)
    {
        var content = Bytes(size);
        var key = new BlobKey(Digest.Of(content), "1a");
        using (var upload = await Storage.CreateUploadAsync("a", Token))
        {
            for (var at = 0; at < size; at += 1_000_000)
            {
                var part = content.AsMemory(at, Math.Min(1_000_000, size - at));
                await upload.AppendAsync([part], part.Length, Token);
            }
            await upload.CommitAsync(key, Token);
        }
        using var blob = (await Storage.OpenAsync(key, Token)).ShouldNotBeNull();
        blob.Size.ShouldBe(size);
        foreach (var offset in (int[])[0, size / 3, Math.Max(0, size - 1), size])
            (await ReadAsync(blob, offset)).ShouldBe(content[offset..]);
    }

    [Fact]
    public async Task A_commit_over_what_is_there_leaves_it_whole()
    {
        var key = await StoreAsync("1a");
        (await StoreAsync("1a")).ShouldBe(key);
        using var blob = (await Storage.OpenAsync(key, Token)).ShouldNotBeNull();
        (await ReadAsync(blob, 0)).ShouldBe(Bytes(10));
        (await ListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_bytes_under_two_algorithms_are_two_blobs()
    {
        var other = await StoreAsync("1a", algorithm: DigestAlgorithm.Sha512);
        await Storage.RemoveAsync(await StoreAsync("1a"), Token);
        using var blob = (await Storage.OpenAsync(other, Token)).ShouldNotBeNull();
        blob.Size.ShouldBe(10);
    }

    [Fact]
    public async Task Uploads_at_the_same_time_do_not_touch_each_other()
    {
        var keys = await Task.WhenAll(Enumerable.Range(1, 16).Select(seed => StoreAsync("1a", seed, upload: "upload" + seed)));
        foreach (var (key, seed) in keys.Select((k, i) => (k, i + 1)))
        {
            using var blob = (await Storage.OpenAsync(key, Token)).ShouldNotBeNull();
            (await ReadAsync(blob, 0)).ShouldBe(Bytes(10, seed));
        }
    }

    [Fact]
    public async Task Only_uploads_that_nobody_wrote_to_since_are_removed()
    {
        using (var upload = await Storage.CreateUploadAsync("a", Token)) await upload.AppendAsync([Bytes(10)], 10, Token);
        await Storage.RemoveUploadsAsync(TimeProvider.System.GetUtcNow().AddHours(-1), Token);
        (await Storage.OpenUploadAsync("a", Token)).ShouldNotBeNull().Dispose();
        await Storage.RemoveUploadsAsync(TimeProvider.System.GetUtcNow().AddHours(1), Token);
        (await Storage.OpenUploadAsync("a", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_upload_is_no_blob()
    {
        using var upload = await Storage.CreateUploadAsync("a", Token);
        await upload.AppendAsync([Bytes(10)], 10, Token);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_upload_is_gone()
    {
        using (var upload = await Storage.CreateUploadAsync("a", Token)) await upload.RemoveAsync(Token);
        (await Storage.OpenUploadAsync("a", Token)).ShouldBeNull();
    }

    private static async Task<byte[]> ReadAsync(IStoredBlob blob, long offset)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await blob.ReadAsync(buffer, offset + content.Length, Token) is var read and > 0) content.Write(buffer, 0, read);
        return content.ToArray();
    }

    private async Task<BlobKey> StoreAsync(
        string generation, int seed = 1, DigestAlgorithm algorithm = DigestAlgorithm.Sha256, string upload = "a")
    {
        var key = new BlobKey(Digest.Of(Bytes(10, seed), algorithm), generation);
        using var stored = await Storage.CreateUploadAsync(upload, Token);
        await stored.AppendAsync([Bytes(10, seed)], 10, Token);
        await stored.CommitAsync(key, Token);
        return key;
    }

    private async Task<List<StoredKey>> ListAsync()
    {
        var found = new List<StoredKey>();
        await foreach (var stored in Storage.ListAsync(Token)) found.Add(stored);
        return found;
    }
}
