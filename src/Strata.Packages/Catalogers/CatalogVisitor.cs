using Strata.Layers;
using Strata.Packages.Distributions;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers;

/// <summary>
/// Picks the documents out of one layer while it streams by. What it holds grows with the packages, not with the files:
/// of an entry that is no document, nothing is kept unless it can hide one.
/// </summary>
internal sealed class CatalogVisitor(CatalogerSet catalogers, int maxDocuments = CatalogVisitor.MaxDocuments) : ILayerVisitor
{
    /// <summary>Documents and removals of one layer; real ones have a few hundred.</summary>
    internal const int MaxDocuments = 100_000;

    /// <summary>Faults of one layer that are kept.</summary>
    internal const int MaxFaults = 1_000;

    private readonly Dictionary<string, PackageDocument> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Removal> _removals = new(StringComparer.Ordinal);
    private readonly List<CatalogFault> _faults = [];
    private DocumentReader? _reader;
    private bool _full;

    public bool Enter(LayerEntry entry)
    {
        var path = entry.Path;
        if (!catalogers.Concerns(path)) return false;
        if (entry.Whiteout != Whiteout.None)
        {
            Remove(path, entry.Whiteout == Whiteout.Opaque);
            return false;
        }

        if (catalogers.WhoWants(path) is { } cataloger) return EnterDocument(entry, cataloger);
        if (entry.Type == EntryType.Directory) return false;
        ReplaceFolder(path);
        NoteLink(entry);
        return false;
    }

    public void Content(ReadOnlySpan<byte> bytes) => _reader?.Add(bytes);

    public void Leave()
    {
        if (_reader is not { } reader) return;
        _reader = null;
        var document = reader.Finish();
        _documents[document.Path] = document;
        foreach (var fault in reader.Faults) Keep(fault);
    }

    public LayerCatalog ToCatalog() => new()
    {
        Documents = [.. _documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal)],
        Removals = [.. _removals.Values.OrderBy(r => r.Path, StringComparer.Ordinal)],
        Faults = [.. _faults],
    };

    private bool EnterDocument(LayerEntry entry, ICataloger cataloger)
    {
        // A tar may have a path twice: the last one counts.
        if (_documents.Remove(entry.Path)) _faults.RemoveAll(f => f.Path == entry.Path);
        if (entry.Type == EntryType.File)
        {
            if (HasRoom(entry.Path)) _reader = cataloger.Open(entry.Path);
            return _reader is not null;
        }

        Remove(entry.Path, opaque: false);
        if (entry.Type == EntryType.Hardlink) TakeHardlink(entry);
        else if (entry.Type != EntryType.Directory) NoteLink(entry);
        return false;
    }

    /// <summary>Something that is no directory takes the place of all that was there and below it.</summary>
    private void ReplaceFolder(string path)
    {
        Remove(path, opaque: false);
        foreach (var gone in _documents.Keys.Where(p => RootPath.IsAtOrBelow(p, path)).ToArray()) _documents.Remove(gone);
        _faults.RemoveAll(f => RootPath.IsAtOrBelow(f.Path, path));
    }

    private void Remove(string path, bool opaque)
    {
        if (_removals.TryGetValue(path, out var known) && !known.Opaque) return;
        if (HasRoom(path)) _removals[path] = new Removal { Path = path, Opaque = opaque };
    }

    private void TakeHardlink(LayerEntry entry)
    {
        if (entry.LinkTarget is { } target && _documents.TryGetValue(target, out var document))
            _documents[entry.Path] = document with { Path = entry.Path };
        else
            Fault(entry.Path, $"a hard link to '{entry.LinkTarget}', which was not read");
    }

    /// <summary>A link in the place of os-release is usual (the merge falls back to its target); elsewhere it hides packages.</summary>
    private void NoteLink(LayerEntry entry)
    {
        if (entry.Path is OsReleaseCataloger.First or OsReleaseCataloger.Second) return;
        if (entry.Type == EntryType.Symlink) Fault(entry.Path, $"a symbolic link to '{entry.LinkTarget}', which is not followed");
        else if (catalogers.WhoWants(entry.Path) is not null) Fault(entry.Path, $"a {entry.Type}, not a file");
    }

    private bool HasRoom(string path)
    {
        if (_documents.Count + _removals.Count < maxDocuments) return true;
        if (!_full) Fault(path, $"more than {maxDocuments} documents in one layer; the rest was not read");
        _full = true;
        return false;
    }

    private void Fault(string path, string reason) => Keep(new CatalogFault { Path = path, Reason = reason });

    private void Keep(CatalogFault fault)
    {
        if (_faults.Count < MaxFaults) _faults.Add(fault);
    }
}
