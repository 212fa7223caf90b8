using System.Text;
using Strata.Layers;
using Strata.Oci;
using Strata.Packages.Catalogers;
using Strata.Packages.Facts;

namespace Strata.Packages.Tests;

/// <summary>Layers as the visitor sees them, without a tar.</summary>
internal static class Layers
{
    public static Digest DiffId(int n) => Digest.Of(Encoding.UTF8.GetBytes($"layer {n}"));

    public static LayerEntry Plain(string path, long size = 0) => new() { Path = path, Type = EntryType.File, Size = size };

    public static LayerEntry Gone(string path) => new() { Path = path, Type = EntryType.File, Whiteout = Whiteout.Path };

    public static LayerEntry Emptied(string path) => new() { Path = path, Type = EntryType.File, Whiteout = Whiteout.Opaque };

    public static LayerEntry Link(string path, string target) => new() { Path = path, Type = EntryType.Symlink, LinkTarget = target };

    public static (LayerEntry Entry, string Text) Text(string path, string text) => (Plain(path, Encoding.UTF8.GetByteCount(text)), text);

    public static (LayerEntry Entry, string Text) None(LayerEntry entry) => (entry, "");

    public static LayerCatalog Catalog(params (LayerEntry Entry, string Text)[] entries)
    {
        var visitor = new CatalogVisitor(CatalogerSet.Installed);
        Stream(visitor, entries);
        return visitor.ToCatalog();
    }

    public static void Stream(ILayerVisitor visitor, params (LayerEntry Entry, string Text)[] entries)
    {
        foreach (var (entry, text) in entries)
        {
            if (!visitor.Enter(entry)) continue;
            // Small pieces, so that lines and stanzas are cut where it hurts.
            foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(7)) visitor.Content(piece);
            visitor.Leave();
        }
    }

    public static ImagePackages Image(params LayerCatalog[] layers) =>
        ImageCatalog.Of([.. layers.Select((c, i) => new ImageLayer(DiffId(i), $"RUN step {i}", c))]);

    public static string Stanza(string name, string version, string more = "", string status = "install ok installed") =>
        $"Package: {name}\nStatus: {status}\nArchitecture: amd64\nVersion: {version}\n{more}Description: a package\n that has\n .\n three lines\n\n";
}
