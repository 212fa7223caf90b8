using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Mounting a blob from another repository".</summary>
public sealed class MountTests(Registry registry)
{
    private readonly Repository _source = registry.Fresh();
    private readonly Repository _target = registry.Fresh();

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_blob_is_mounted_from_the_repository_that_is_named(string algorithm)
    {
        var content = Sample.Bytes();
        var digest = await _source.PushBlobAsync(content, algorithm);
        await ShouldBeThereAsync((await MountAsync(digest, _source.Name)).Should(HttpStatusCode.Created), content, digest);
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_blob_is_mounted_from_wherever_it_is(string algorithm)
    {
        var content = Sample.Bytes();
        var digest = await _source.PushBlobAsync(content, algorithm);
        var answer = (await MountAsync(digest, from: null)).Should(HttpStatusCode.Created, HttpStatusCode.Accepted);
        registry.Optional(answer.Status == HttpStatusCode.Created, "a mount without a source");
        await ShouldBeThereAsync(answer, content, digest);
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task What_cannot_be_mounted_is_pushed_instead(string algorithm)
    {
        await _source.PushBlobAsync(Sample.Bytes());
        var content = Sample.Bytes();
        var digest = Digests.Of(content, algorithm);
        foreach (var from in (string?[])[_source.Name, registry.Fresh().Name, null])
        {
            var begun = (await MountAsync(digest, from)).Should(HttpStatusCode.Accepted);
            (await _target.HeadBlobAsync(digest)).Should(HttpStatusCode.NotFound);
            var pushed = (await Pushers.FinishAsync(_target, begun.Location.ShouldNotBeNull(), content, digest)).Should(HttpStatusCode.Created);
            await ShouldBeThereAsync(pushed, content, digest);
            await _target.DeleteBlobAsync(digest);
        }
    }

    [Fact]
    public async Task A_mounted_blob_stays_when_its_source_lets_go_of_it()
    {
        var content = Sample.Bytes();
        var digest = await _source.PushBlobAsync(content);
        (await MountAsync(digest, _source.Name)).Should(HttpStatusCode.Created);
        (await _source.DeleteBlobAsync(digest)).Should(HttpStatusCode.Accepted);
        (await _target.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Fact]
    public async Task A_mount_of_what_is_no_digest_is_refused_or_begins_an_upload() =>
        (await MountAsync("sha256:zz", _source.Name)).Should(HttpStatusCode.BadRequest, HttpStatusCode.Accepted);

    private Task<Answer> MountAsync(string digest, string? from) => registry.SendAsync(
        "POST", $"{_target.UploadsPath}?mount={digest}{(from is null ? "" : "&from=" + Uri.EscapeDataString(from))}", []);

    private async Task ShouldBeThereAsync(Answer mounted, byte[] content, string digest)
    {
        (mounted.Digest ?? digest).ShouldBe(digest);
        (await registry.SendAsync("GET", mounted.Location.ShouldNotBeNull())).Should(HttpStatusCode.OK).Body.ShouldBe(content);
        (await _target.HeadBlobAsync(digest)).Should(HttpStatusCode.OK);
    }
}
