using Strata.Layers;
using Strata.Packages.Distributions;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers;

/// <summary>
/// Picks the documents out of one layer while it streams by. What it holds grows with the packages, not with the files: of an entry that
/// is no document, nothing is kept but whiteouts, and what takes the place of a database. What else can hide a document, a file where a
/// folder was, is found in the layer's index when the layers are merged.
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
        if (entry.Whiteout != Whiteout.None)
        {
            Remove(path, entry.Whiteout == Whiteout.Opaque);
            return false;
        }

        if (entry.Type == EntryType.Directory && !catalogers.IsPlaced(path)) return false;
        var file = new FileCandidate(path, entry.Size, entry.Mode);
        if (entry.Type == EntryType.File)
        {
            // A tar may have a path twice: the last one counts.
            Forget(path);
            if (catalogers.WhoWants(file) is { } cataloger) return EnterDocument(file, cataloger);
        }
        else if (entry.Type == EntryType.Hardlink && TakeHardlink(entry))
        {
            return false;
        }

        if (catalogers.IsPlaced(path)) ReplaceDocument(entry);
        else if (catalogers.IsAbovePlaces(path)) ReplaceFolder(entry);
        else Forget(path);
        return false;
    }

    public void Content(ReadOnlySpan<byte> bytes) => _reader?.Add(bytes);

    public void Leave()
    {
        if (_reader is not { } reader) return;
        _reader = null;
        using (reader)
        {
            if (reader.Finish() is { } document) _documents[document.Path] = document;
            foreach (var fault in reader.Faults) Keep(fault);
        }
    }

    public LayerCatalog ToCatalog() => new()
    {
        Documents = [.. _documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal)],
        Removals = [.. _removals.Values.OrderBy(r => r.Path, StringComparer.Ordinal)],
        Faults = [.. _faults],
    };

    private bool EnterDocument(FileCandidate file, ICataloger cataloger)
    {
        if (HasRoom(file.Path)) _reader = cataloger.Open(file);
        return _reader is not null;
    }

    /// <summary>Something that is no file takes the place of a document.</summary>
    private void ReplaceDocument(LayerEntry entry)
    {
        Forget(entry.Path);
        Remove(entry.Path, opaque: false);
        if (entry.Type == EntryType.Hardlink) Fault(entry.Path, $"a hard link to '{entry.LinkTarget}', which was not read");
        else if (entry.Type != EntryType.Directory) NoteLink(entry);
    }

    /// <summary>Something that is no directory takes the place of all that was there and below it.</summary>
    private void ReplaceFolder(LayerEntry entry)
    {
        Remove(entry.Path, opaque: false);
        foreach (var gone in _documents.Keys.Where(p => RootPath.IsAtOrBelow(p, entry.Path)).ToArray()) _documents.Remove(gone);
        _faults.RemoveAll(f => RootPath.IsAtOrBelow(f.Path, entry.Path));
        NoteLink(entry);
    }

    private void Forget(string path)
    {
        if (_documents.Remove(path)) _faults.RemoveAll(f => f.Path == path);
    }

    private void Remove(string path, bool opaque)
    {
        if (_removals.TryGetValue(path, out var known) && !known.Opaque) return;
        if (HasRoom(path)) _removals[path] = new Removal { Path = path, Opaque = opaque };
    }

    /// <summary>True when the entry shares its content with a document.</summary>
    private bool TakeHardlink(LayerEntry entry)
    {
        if (entry.LinkTarget is not { } target || !_documents.TryGetValue(target, out var document)) return false;
        _documents[entry.Path] = document with { Path = entry.Path };
        return true;
    }

    /// <summary>
    /// A link in the place of os-release is usual (the merge falls back to its target), and so is one from one place of a database to
    /// another, which is read there; elsewhere it hides packages.
    /// </summary>
    private void NoteLink(LayerEntry entry)
    {
        if (entry.Path is OsReleaseCataloger.First or OsReleaseCataloger.Second) return;
        if (entry is { Type: EntryType.Symlink, LinkTarget: { } target } && catalogers.IsPlacedAt(entry.Path, RootPath.Resolve(entry.Path, target))) return;
        if (entry.Type == EntryType.Symlink) Fault(entry.Path, $"a symbolic link to '{entry.LinkTarget}', which is not followed");
        else if (catalogers.IsPlaced(entry.Path)) Fault(entry.Path, $"a {entry.Type}, not a file");
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
