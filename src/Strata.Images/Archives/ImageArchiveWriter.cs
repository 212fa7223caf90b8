using Strata.Content;
using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>
/// Writes an archive of images as a stream: blobs as they come, the documents that name them last. With <paramref name="forDocker"/> it has
/// both of Docker's forms, as <c>docker save</c> writes it since version 25: an OCI image layout, by which digests survive, and
/// manifest.json with repositories for all older readers. Layers stay compressed: those readers take them so, too.
/// </summary>
internal sealed class ImageArchiveWriter(Stream output, bool forDocker)
{
    private readonly HashSet<Digest> _written = [];
    private readonly List<Descriptor> _entries = [];
    private readonly List<DockerArchiveImage> _images = [];
    private readonly SortedDictionary<string, IReadOnlyDictionary<string, string>> _repositories = new(StringComparer.Ordinal);

    public bool ForDocker => forDocker;

    public bool Has(Digest digest) => _written.Contains(digest);

    /// <summary>Writes a blob from a source that verifies it, so that what is wrong fails before the archive gets its name.</summary>
    public async Task WriteBlobAsync(Descriptor blob, Stream source, Action<int> advance, CancellationToken cancellationToken)
    {
        if (!_written.Add(blob.Digest)) return;
        await output.WriteAsync(TarHead.File(LayoutDocuments.BlobPath(blob.Digest), blob.Size), cancellationToken).ConfigureAwait(false);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            for (int n; (n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                await output.WriteAsync(buffer.AsMemory(0, n), cancellationToken).ConfigureAwait(false);
                advance(n);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
        await output.WriteAsync(new byte[TarFields.Padding(blob.Size)], cancellationToken).ConfigureAwait(false);
    }

    /// <param name="names">The image's names; none for an image that is known by its ID.</param>
    /// <param name="tag">What the layout calls the entry; null takes it from the first name.</param>
    public void Add(Descriptor top, Manifest? manifest, IReadOnlyList<Reference> names, string? tag)
    {
        if (names.Count == 0) _entries.Add(Entry(top, name: null, tag));
        foreach (var name in names) _entries.Add(Entry(top, forDocker ? name : null, tag ?? name.Tag));
        if (!forDocker || manifest is null) return;
        _images.Add(new DockerArchiveImage
        {
            Config = LayoutDocuments.BlobPath(manifest.Config.Digest),
            RepoTags = [.. names.Select(n => n.Familiar)],
            Layers = [.. manifest.Layers.Select(l => LayoutDocuments.BlobPath(l.Digest))],
        });
        foreach (var name in names.Where(n => n.Tag is not null && manifest.Layers.Count > 0))
        {
            var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (key, value) in _repositories.GetValueOrDefault(name.FamiliarName) ?? tags) tags[key] = value;
            tags[name.Tag!] = manifest.Layers[^1].Digest.Hex;
            _repositories[name.FamiliarName] = tags;
        }
    }

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var index = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = _entries };
        await WriteFileAsync(LayoutDocuments.IndexPath, index.ToBytes(), cancellationToken).ConfigureAwait(false);
        if (forDocker) await WriteFileAsync(DockerArchive.ManifestPath, DockerArchive.ToBytes(_images), cancellationToken).ConfigureAwait(false);
        await WriteFileAsync(LayoutDocuments.VersionPath, LayoutDocuments.Version.ToArray(), cancellationToken).ConfigureAwait(false);
        if (forDocker && _repositories.Count > 0)
            await WriteFileAsync(DockerArchive.RepositoriesPath, DockerArchive.ToBytes(_repositories), cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(new byte[2 * TarFields.Block], cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteFileAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        await output.WriteAsync(TarHead.File(path, content.Length), cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(new byte[TarFields.Padding(content.Length)], cancellationToken).ConfigureAwait(false);
    }

    private static Descriptor Entry(Descriptor top, Reference? name, string? tag)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (name is not null) annotations[LayoutDocuments.ImageName] = name.ToString();
        if (tag is not null) annotations[ContentAnnotations.RefName] = tag;
        return top with { Annotations = annotations.Count == 0 ? null : annotations };
    }
}
