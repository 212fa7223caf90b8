using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>Every kind of content that people push, by name.</summary>
internal static class Packages
{
    public static readonly Dictionary<string, Action<Package>> Kinds = new(StringComparer.Ordinal)
    {
        ["image"] = p => p.AddImage(tag: "image"),
        ["image without layers"] = p => p.AddImage(m => m["layers"] = new JsonArray(), tag: "no-layers"),
        ["image without a media type inside"] = p => Untyped(p),
        ["image with a manifest of almost four mebibytes"] = p => p.AddImage(m => m["annotations"] = Large(), tag: "large"),
        ["image with content inside its descriptors"] = p => p.AddImage(m => m["config"] = p.AddConfig(inline: true), tag: "data"),
        ["image whose layers are elsewhere"] = p => p.AddImage(m => m["layers"]!.AsArray().Add(Elsewhere(MediaTypes.Elsewhere + "+gzip")), tag: "elsewhere"),
        ["image with fields that nobody knows"] = p => p.AddImage(AddUnknown, tag: "unknown"),
        ["docker image"] = p => Docker(p, tag: "docker"),
        ["docker list"] = p => DockerList(p),
        ["index"] = p => Index(p, tag: "index"),
        ["empty index"] = p => p.AddIndex([], tag: "index"),
        ["index of indexes"] = p => p.AddIndex([Index(p).Descriptor, Index(p).Descriptor], tag: "nested"),
        ["index with fields that nobody knows"] = p => Index(p, AddUnknown, "unknown"),
        ["index of artifacts"] = p => p.AddIndex(
            [p.AddArtifact(MediaTypes.Sbom).Descriptor, p.AddArtifact(MediaTypes.Signature).Descriptor], m => m["artifactType"] = MediaTypes.Sbom, "artifacts"),
        ["index with a blob in it"] = p => p.AddIndex([p.AddBlob(MediaTypes.Sbom, Sample.Bytes())], tag: "blob"),
        ["index of which one platform is missing"] = p => p.AddIndex([Package.For(p.AddImage(), "amd64"), Missing()], tag: "sparse"),
        ["artifact"] = p => p.AddArtifact(MediaTypes.Sbom, tag: "artifact"),
        ["artifact without layers"] = p => p.AddArtifact(MediaTypes.Sbom, m => m["layers"] = new JsonArray(p.AddEmpty()), "no-layers"),
        ["artifact whose subject is missing"] = p => p.AddArtifact(MediaTypes.Sbom, m => m["subject"] = Missing(), "dangling"),
        ["artifacts with a subject"] = p => AddArtifacts(p, p.AddImage(tag: "image")),
        ["artifacts before their subject"] = p => AddSubjectLast(p),
        ["index with a subject"] = p => AddIndexOnIndex(p),
    };

    public static Package Of(string kind, string algorithm)
    {
        var package = new Package(algorithm);
        Kinds[kind](package);
        return package;
    }

    private static void Untyped(Package package)
    {
        var image = package.AddImage(m => m["annotations"] = new JsonObject { ["a"] = "b" });
        package.Manifests.Remove(image);
        var json = JsonNode.Parse(image.Bytes)!.AsObject();
        json.Remove("mediaType");
        var bytes = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        var document = image with { Bytes = bytes, Digest = Digests.Of(bytes, package.Algorithm) };
        package.Manifests.Add(document);
        package.Tags["untyped"] = document;
    }

    private static Document Index(Package package, Action<JsonObject>? change = null, string? tag = null) =>
        package.AddIndex([Package.For(package.AddImage(), "amd64"), Package.For(package.AddImage(), "arm64")], change, tag);

    private static Document Docker(Package package, string? tag = null) => package.AddManifest(
        new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.DockerManifest,
            ["config"] = package.AddBlob(MediaTypes.DockerConfig, Sample.Bytes()),
            ["layers"] = new JsonArray(package.AddBlob(MediaTypes.DockerLayer, Sample.Bytes()), Elsewhere(MediaTypes.DockerForeign)),
        },
        tag: tag);

    private static void DockerList(Package package) => package.AddIndex(
        [Package.For(Docker(package), "amd64"), Package.For(Docker(package), "arm64")], m => m["mediaType"] = MediaTypes.DockerList, "list");

    private static void AddArtifacts(Package package, Document subject)
    {
        package.AddImage(m => m["subject"] = subject.Descriptor);
        foreach (var type in (string[])[MediaTypes.Sbom, MediaTypes.Signature])
        {
            package.AddArtifact(
                type,
                m =>
                {
                    m["subject"] = subject.Descriptor;
                    m["annotations"] = new JsonObject { ["org.example." + Guid.NewGuid()] = "an answer", ["org.example.order"] = type };
                },
                type[(type.LastIndexOf('.') - 4)..]);
        }
    }

    private static void AddSubjectLast(Package package)
    {
        var subject = package.AddImage(tag: "subject");
        AddArtifacts(package, subject);
        package.Manifests.Remove(subject);
        package.Manifests.Add(subject);
    }

    private static void AddIndexOnIndex(Package package)
    {
        var subject = Index(package, tag: "index");
        Index(package, m => m["subject"] = subject.Descriptor);
        Index(
            package,
            m =>
            {
                m["artifactType"] = MediaTypes.Sbom;
                m["subject"] = subject.Descriptor;
                m["annotations"] = new JsonObject { ["org.example.on"] = "an index" };
            },
            "artifact");
    }

    private static void AddUnknown(JsonObject manifest)
    {
        manifest["org.example." + Guid.NewGuid()] = new JsonObject { ["deep"] = new JsonArray(1, "two", null) };
        foreach (var descriptor in (manifest["layers"] ?? manifest["manifests"])!.AsArray()) descriptor!["x-unknown"] = true;
    }

    private static JsonObject Large()
    {
        var annotations = new JsonObject();
        for (var i = 0; i < 390; i++) annotations["large-" + i] = new string('A', 10_000);
        return annotations;
    }

    private static JsonObject Elsewhere(string type) => new()
    {
        ["mediaType"] = type,
        ["digest"] = Digests.Of(Sample.Bytes()),
        ["size"] = 123_456,
        ["urls"] = new JsonArray("https://store.example.com/layer"),
    };

    private static JsonObject Missing() => new() { ["mediaType"] = MediaTypes.Manifest, ["digest"] = Digests.Of(Sample.Bytes()), ["size"] = 512 };
}
