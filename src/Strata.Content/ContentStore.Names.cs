using Strata.Oci;

namespace Strata.Content;

public sealed partial class ContentStore
{
    private static ImageIndex EmptyIndex => new() { MediaType = MediaTypes.OciIndex, Manifests = [] };

    /// <summary>
    /// The top of the layout: a descriptor for each name, the name in <see cref="ContentAnnotations.RefName"/>. Read anew at each call.
    /// </summary>
    /// <exception cref="DocumentException">index.json is damaged.</exception>
    public IReadOnlyList<Descriptor> Names() => ReadIndex().Manifests;

    /// <summary>
    /// Changes the names in one step that other processes see whole or not at all. What the names point at must be in the store before.
    /// When this returns, the change is on disk.
    /// </summary>
    public void ChangeNames(Func<IReadOnlyList<Descriptor>, IReadOnlyList<Descriptor>> change)
    {
        using var held = ToWrite(() => FileLock.Exclusive(_indexLock));
        var before = ReadIndex();
        var after = change(before.Manifests);
        if (!ReferenceEquals(after, before.Manifests)) WriteIndex(before with { Manifests = after });
    }

    private ImageIndex ReadIndex() => ImageIndex.Parse(File.ReadAllBytes(_indexFile), MaxIndexBytes);

    private void WriteIndex(ImageIndex index) => DurableFile.Write(_indexFile, index.ToBytes());
}
