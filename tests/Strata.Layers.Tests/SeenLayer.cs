using System.Text;
using Strata.Layers.Tar;

namespace Strata.Layers.Tests;

/// <summary>Remembers all that a layer showed.</summary>
internal sealed class SeenLayer : ILayerVisitor
{
    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private MemoryStream? _open;
    private string _path = "";

    public List<LayerEntry> Entries { get; } = [];

    public IEnumerable<string> Paths => Entries.Select(e => e.Path);

    public LayerEntry this[string path] => Entries.Last(e => e.Path == path);

    public byte[] ContentOf(string path) => _contents[path];

    public string TextOf(string path) => Encoding.UTF8.GetString(_contents[path]);

    public bool Enter(LayerEntry entry)
    {
        _open.ShouldBeNull();
        Entries.Add(entry);
        if (entry.Type != EntryType.File) return false;
        (_open, _path) = (new MemoryStream(), entry.Path);
        return true;
    }

    public void Content(ReadOnlySpan<byte> bytes) => _open.ShouldNotBeNull().Write(bytes);

    public void Leave()
    {
        _contents[_path] = _open.ShouldNotBeNull().ToArray();
        _open = null;
    }

    /// <summary>Scans a tar that is pushed in pieces of a size.</summary>
    public static SeenLayer Of(ReadOnlySpan<byte> tar, int piece = 64 * 1024, LayerLimits? limits = null)
    {
        var seen = new SeenLayer();
        var scanner = new TarScanner([seen], limits ?? LayerLimits.Default);
        for (; tar.Length > 0; tar = tar[Math.Min(piece, tar.Length)..]) scanner.Push(tar[..Math.Min(piece, tar.Length)]);
        scanner.Finish();
        return seen;
    }
}
