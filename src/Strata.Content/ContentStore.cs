namespace Strata.Content;

/// <summary>
/// Images on disk as an OCI image layout (image-layout.md), safe under many processes at once. What has its final name is whole: content
/// is written beside, hashed on the way, flushed, and renamed. Names are changed only after what they point at is durable.
/// </summary>
public sealed partial class ContentStore
{
    /// <summary>An index of names has no limit in the spec; this holds some 100,000 images.</summary>
    private const int MaxIndexBytes = 64 * 1024 * 1024;
    private const string LayoutVersion = """{"imageLayoutVersion":"1.0.0"}""";

    private ContentStore(string root)
    {
        Root = root;
        Layers = Path.Combine(root, "layers");
        Facts = Path.Combine(root, "facts");
        _ingest = Path.Combine(root, "ingest");
        _indexFile = Path.Combine(root, "index.json");
        _indexLock = Path.Combine(root, "index.lock");
        _sweepLock = Path.Combine(root, "sweep.lock");
    }

    private readonly string _ingest;
    private readonly string _indexFile;
    private readonly string _indexLock;
    private readonly string _sweepLock;

    /// <summary>The folder of it all.</summary>
    public string Root { get; }

    /// <summary>What was derived from layers, by diffID: indexes and unpacked trees. May be deleted; comes back.</summary>
    public string Layers { get; }

    /// <summary>What other rooms derive: packages, findings. May be deleted; comes back.</summary>
    public string Facts { get; }

    /// <summary>Opens the store at <paramref name="root"/> and makes what is missing of an empty one.</summary>
    /// <exception cref="StoreException">The folder cannot be used, or holds another version's layout.</exception>
    public static ContentStore Open(string root)
    {
        var store = new ContentStore(Path.GetFullPath(root));
        try
        {
            store.Prepare();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the store at {store.Root} cannot be used: {e.Message}",
                "name another folder with --root or $STRATA_ROOT, or make this one yours", e);
        }
        return store;
    }

    /// <summary>A store that can be read is of use; what wants to write is told at its begin.</summary>
    private T ToWrite<T>(Func<T> take)
    {
        try
        {
            return take();
        }
        catch (IOException e) when (e.HResult is Native.ReadOnlyFileSystem or Native.NoAccess or Native.NotPermitted)
        {
            throw new StoreException(
                $"the store at {Root} cannot be written: {(e.HResult == Native.ReadOnlyFileSystem ? "its disk is read-only" : "it is another user's")}",
                "name another folder with --root or $STRATA_ROOT, or make this one yours", e);
        }
    }

    private void Prepare()
    {
        var layout = Path.Combine(Root, "oci-layout");
        if (File.Exists(layout) && File.Exists(_indexFile))
        {
            if (!File.ReadAllText(layout).Contains("\"1.", StringComparison.Ordinal))
                throw new IOException("its oci-layout file names a version that this program does not know");
            return;
        }
        foreach (var folder in (string[])[Path.Combine(Root, "blobs", "sha256"), Path.Combine(Root, "blobs", "sha512"), _ingest, Layers, Facts])
            Directory.CreateDirectory(folder);
        using var held = FileLock.Exclusive(_indexLock);
        if (!File.Exists(layout)) DurableFile.Write(layout, System.Text.Encoding.UTF8.GetBytes(LayoutVersion));
        // The index comes last: its presence says that the rest is there.
        if (!File.Exists(_indexFile)) WriteIndex(EmptyIndex);
    }
}
