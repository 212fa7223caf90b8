using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

/// <summary>What every storage promises; a second implementation derives from it.</summary>
public abstract class BlobStorageContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IBlobStorage Storage { get; }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task What_is_committed_is_there_under_its_digest_and_the_upload_is_gone(DigestAlgorithm algorithm)
    {
        var content = Bytes(1000);
        var digest = Digest.Of(content, algorithm);
        using (var upload = await Storage.CreateUploadAsync("a", Token))
        {
            await upload.AppendAsync([content.AsMemory(0, 400), content.AsMemory(400)], 1000, Token);
            (await Storage.OpenAsync(digest, Token)).ShouldBeNull();
            await upload.CommitAsync(digest, Token);
        }
        (await Storage.OpenUploadAsync("a", Token)).ShouldBeNull();
        using var blob = (await Storage.OpenAsync(digest, Token)).ShouldNotBeNull();
        blob.Size.ShouldBe(1000);
        var read = new byte[2000];
        (await blob.ReadAsync(read, 990, Token)).ShouldBe(10);
        read[..10].ShouldBe(content[990..]);
        (await blob.ReadAsync(read, 1000, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Committing_what_is_there_already_is_harmless()
    {
        for (var i = 0; i < 2; i++)
        {
            using var upload = await Storage.CreateUploadAsync("a", Token);
            await upload.AppendAsync([Bytes(10)], 10, Token);
            await upload.CommitAsync(Digest.Of(Bytes(10)), Token);
        }
        using var blob = (await Storage.OpenAsync(Digest.Of(Bytes(10)), Token)).ShouldNotBeNull();
        blob.Size.ShouldBe(10);
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

    [Fact]
    public async Task A_removed_upload_is_gone()
    {
        using (var upload = await Storage.CreateUploadAsync("a", Token)) await upload.RemoveAsync(Token);
        (await Storage.OpenUploadAsync("a", Token)).ShouldBeNull();
    }
}

public sealed class FileBlobStorageTests : BlobStorageContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-blobs-").FullName;
    private readonly FileBlobStorage _storage;

    public FileBlobStorageTests() => _storage = new FileBlobStorage(_folder);

    protected override IBlobStorage Storage => _storage;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
