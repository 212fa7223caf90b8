using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>The ways to push a blob. Each ends with the blob there, and its location verified.</summary>
internal static class Pushers
{
    public static readonly Dictionary<string, Func<Repository, byte[], string, Task>> Named = new(StringComparer.Ordinal)
    {
        ["POST then PUT"] = async (r, content, digest) => await EndAsync(r, await FinishAsync(r, await r.BeginAsync(), content, digest), content, digest),
        ["one POST"] = async (r, content, digest) => await EndAsync(r, await PostAsync(r, content, digest), content, digest),
        ["chunks"] = (r, content, digest) => ChunksAsync(r, content, digest, lastInPut: false),
        ["chunks, the last in the PUT"] = (r, content, digest) => ChunksAsync(r, content, digest, lastInPut: true),
        ["a stream"] = StreamAsync,
    };

    public static Func<Repository, byte[], string, Task>[] All => [.. Named.Values];

    public static Task<Answer> FinishAsync(Repository repository, string location, byte[] content, string digest) =>
        repository.Registry.SendAsync("PUT", Digests.Onto(location, digest), content, ("Content-Type", MediaTypes.Bytes));

    public static Task<Answer> PostAsync(Repository repository, byte[] content, string digest) =>
        repository.Registry.SendAsync("POST", $"{repository.UploadsPath}?digest={digest}", content, ("Content-Type", MediaTypes.Bytes));

    public static Task<Answer> ChunkAsync(Repository repository, string method, string location, byte[] content, int first, int length) =>
        repository.Registry.SendAsync(
            method, location, content.AsSpan(first, length).ToArray(),
            ("Content-Type", MediaTypes.Bytes), ("Content-Range", $"{first}-{first + length - 1}"));

    /// <summary>A body whose length is not said.</summary>
    public static Task<Answer> StreamedAsync(Repository repository, string method, string location, byte[] content) =>
        repository.Registry.SendAsync(method, location, new StreamContent(new MemoryStream(content)), ("Content-Type", MediaTypes.Bytes), ("Transfer-Encoding", "chunked"));

    private static async Task ChunksAsync(Repository repository, byte[] content, string digest, bool lastInPut)
    {
        var begun = (await repository.Registry.SendAsync("POST", repository.UploadsPath, [])).Should(HttpStatusCode.Accepted);
        var least = begun.Header("OCI-Chunk-Min-Length") is { } said ? int.Parse(said, System.Globalization.CultureInfo.InvariantCulture) : 1;
        var (location, at, size) = (begun.Location.ShouldNotBeNull(), 0, Math.Max(content.Length / 3 + 1, least));
        while (at + size < content.Length || (!lastInPut && at < content.Length))
        {
            var length = Math.Min(size, content.Length - at);
            var answer = (await ChunkAsync(repository, "PATCH", location, content, at, length)).Should(HttpStatusCode.Accepted);
            at += length;
            answer.Header("Range").ShouldBe($"0-{at - 1}");
            location = answer.Location.ShouldNotBeNull();
        }
        var last = at == content.Length
            ? await FinishAsync(repository, location, [], digest)
            : await ChunkAsync(repository, "PUT", Digests.Onto(location, digest), content, at, content.Length - at);
        await EndAsync(repository, last, content, digest);
    }

    private static async Task StreamAsync(Repository repository, byte[] content, string digest)
    {
        var patched = (await StreamedAsync(repository, "PATCH", await repository.BeginAsync(), content)).Should(HttpStatusCode.Accepted);
        await EndAsync(repository, await FinishAsync(repository, patched.Location.ShouldNotBeNull(), [], digest), content, digest);
    }

    private static async Task EndAsync(Repository repository, Answer answer, byte[] content, string digest)
    {
        if (answer.Status == HttpStatusCode.Accepted) repository.Registry.Optional(there: false, "a push in one POST");
        (answer.Should(HttpStatusCode.Created).Digest ?? digest).ShouldBe(digest);
        (await repository.Registry.SendAsync("GET", answer.Location.ShouldNotBeNull())).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }
}
