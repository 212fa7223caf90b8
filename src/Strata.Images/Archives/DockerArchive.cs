using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Images.Archives;

/// <summary>
/// One image of manifest.json, as <c>docker save</c> writes it. Docker image spec v1.2, "Combined Image JSON + Filesystem Changeset Format".
/// </summary>
internal sealed record DockerArchiveImage
{
    public required string Config { get; init; }

    public IReadOnlyList<string>? RepoTags { get; init; }

    public required IReadOnlyList<string> Layers { get; init; }
}

/// <summary>The documents that only Docker's archives have.</summary>
internal static class DockerArchive
{
    public const string ManifestPath = "manifest.json";
    public const string RepositoriesPath = "repositories";

    public static IReadOnlyList<DockerArchiveImage> Parse(byte[] json, string archive)
    {
        try
        {
            var images = JsonSerializer.Deserialize(json, ArchiveJson.Default.IReadOnlyListDockerArchiveImage) ?? [];
            if (images.Any(i => i?.Config is null || i.Layers is null || i.Layers.Contains(null))) throw new JsonException("an image lacks its config or its layers");
            return images;
        }
        catch (JsonException e)
        {
            throw new ImageException($"{ManifestPath} of {archive} is not valid: {e.Message}", "it is no archive of images; make it again", e);
        }
    }

    public static byte[] ToBytes(IReadOnlyList<DockerArchiveImage> images) =>
        JsonSerializer.SerializeToUtf8Bytes(images, ArchiveJson.Default.IReadOnlyListDockerArchiveImage);

    public static byte[] ToBytes(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> repositories) =>
        JsonSerializer.SerializeToUtf8Bytes(repositories, ArchiveJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString);
}

[JsonSerializable(typeof(IReadOnlyList<DockerArchiveImage>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
