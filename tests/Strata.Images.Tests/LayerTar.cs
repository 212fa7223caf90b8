using System.Formats.Tar;
using System.IO.Compression;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Tests;

/// <summary>Writes a layer entry by entry, with what a folder on disk could not have, such as whiteouts.</summary>
internal sealed class LayerTar
{
    private readonly MemoryStream _memory = new();
    private readonly TarWriter _tar;
    private long _time = 1_000_000_000;

    public LayerTar() => _tar = new TarWriter(_memory, TarEntryFormat.Pax, leaveOpen: true);

    public LayerTar Folder(string path, int mode = 0x1ED) => Add(new PaxTarEntry(TarEntryType.Directory, path + "/") { Mode = (UnixFileMode)mode });

    public LayerTar File(string path, string content, int mode = 0x1A4) =>
        Add(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = (UnixFileMode)mode, DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });

    public LayerTar Symlink(string path, string target) => Add(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target, Mode = (UnixFileMode)0x1FF });

    public LayerTar Link(string path, string target) => Add(new PaxTarEntry(TarEntryType.HardLink, path) { LinkName = target, Mode = (UnixFileMode)0x1A4 });

    public LayerTar Gone(string path) => File(path.Insert(path.LastIndexOf('/') + 1, ".wh."), "");

    public LayerTar Opaque(string path) => File(path + "/.wh..wh..opq", "");

    public LayerTar WithXattr(string path, string content, string name, string value) => Add(new PaxTarEntry(TarEntryType.RegularFile, path,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["SCHILY.xattr." + name] = value })
    {
        Mode = (UnixFileMode)0x1A4,
        DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)),
    });

    public byte[] ToBytes()
    {
        _tar.Dispose();
        return _memory.ToArray();
    }

    public async Task<WrittenLayer> WriteToAsync(ContentStore store)
    {
        var tar = ToBytes();
        using var memory = new MemoryStream();
        await using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(tar);
        return new WrittenLayer(await store.AddDocumentAsync(MediaTypes.OciLayerGzip, memory.ToArray(), CancellationToken.None), Digest.Of(tar));
    }

    private LayerTar Add(PaxTarEntry entry)
    {
        // Each entry has a time of its own, so that a comparison of trees notices which entry a file came from.
        entry.ModificationTime = DateTimeOffset.FromUnixTimeSeconds(_time += 60);
        _tar.WriteEntry(entry);
        return this;
    }
}
