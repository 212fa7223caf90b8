using System.Text;
using Strata.Oci;

namespace Strata.Content.Tests;

public sealed class IngestTests : StoreFolder
{
    private static readonly byte[] Some = Encoding.UTF8.GetBytes("some content");
    private static readonly Descriptor Promised = new() { MediaType = "text/plain", Digest = Digest.Of(Some), Size = Some.Length };

    [Fact]
    public async Task Content_is_there_under_its_digest_once_committed_and_cannot_be_written_to()
    {
        using (var ingest = Store.Ingest(Promised))
        {
            await ingest.WriteAsync(Some, CancellationToken.None);
            Store.Contains(Promised.Digest).ShouldBeFalse();
            ingest.Commit().ShouldBe(Promised.Digest);
        }
        (await File.ReadAllBytesAsync(Store.BlobPath(Promised.Digest))).ShouldBe(Some);
        File.GetUnixFileMode(Store.BlobPath(Promised.Digest)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Leftovers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1, "ended after")]
    [InlineData(1, "longer than")]
    public void One_byte_less_or_more_than_promised_is_refused(int difference, string reason)
    {
        var content = new byte[Some.Length + difference];
        Some.AsSpan(0, Math.Min(Some.Length, content.Length)).CopyTo(content);
        using (var ingest = Store.Ingest(Promised))
            Should.Throw<ContentMismatchException>(() => Take(ingest, content)).Message.ShouldContain(reason);
        Store.Contains(Promised.Digest).ShouldBeFalse();
        Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public void Content_with_another_digest_is_refused_and_both_digests_are_named()
    {
        var other = (byte[])Some.Clone();
        other[0]++;
        using (var ingest = Store.Ingest(Promised))
        {
            var message = Should.Throw<ContentMismatchException>(() => Take(ingest, other)).Message;
            message.ShouldContain(Promised.Digest.ToString());
            message.ShouldContain(Digest.Of(other).ToString());
        }
        Store.Contains(Promised.Digest).ShouldBeFalse();
        Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public void Content_that_is_given_up_leaves_nothing()
    {
        using (var ingest = Store.Ingest(Promised)) ingest.Write(Some.AsSpan(0, 3));
        Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_that_rotted_on_disk_is_not_believed()
    {
        var descriptor = await Store.AddDocumentAsync("application/json", "{\"a\":1}"u8.ToArray(), CancellationToken.None);
        var path = Store.BlobPath(descriptor.Digest);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(path, "{\"a\":2}");
        Should.Throw<ContentMismatchException>(() => Store.ReadDocument(descriptor.Digest, 100)).Message.ShouldContain("damaged");
    }

    private static void Take(BlobIngest ingest, byte[] content)
    {
        ingest.Write(content);
        ingest.Commit();
    }
}
