using System.Buffers;
using Strata.Packages.Catalogers;
using Strata.Packages.Facts;

namespace Strata.Packages.Folders;

/// <summary>Finds and reads the documents of a folder that stands for a root file system.</summary>
internal sealed class FolderDocuments(string root, CatalogerSet catalogers)
{
    private readonly List<PackageDocument> _documents = [];
    private readonly List<CatalogFault> _faults = [];

    public LayerCatalog Read(CancellationToken cancellationToken)
    {
        foreach (var cataloger in catalogers.Catalogers)
        {
            foreach (var place in cataloger.Places) ReadPlace(cataloger, place, cancellationToken);
        }

        foreach (var file in FolderWalk.Files(root))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (catalogers.WhoWants(file) is { Places.Count: 0 } cataloger) ReadFile(cataloger, file, Path.Join(root, file.Path), cancellationToken);
        }

        return new LayerCatalog { Documents = _documents, Faults = _faults };
    }

    private void ReadPlace(ICataloger cataloger, string place, CancellationToken cancellationToken)
    {
        if (RootedPath.Resolve(root, place) is not { } real) return;
        if (Directory.Exists(real))
        {
            foreach (var name in Names(place, real))
            {
                var path = $"{place}/{name}";
                if (cataloger.Wants(At(path)) && RootedPath.Resolve(root, path) is { } file && !Directory.Exists(file))
                    ReadFile(cataloger, At(path), file, cancellationToken);
            }
        }
        else if (cataloger.Wants(At(place)))
        {
            ReadFile(cataloger, At(place), real, cancellationToken);
        }
    }

    private IEnumerable<string> Names(string place, string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _faults.Add(new CatalogFault { Path = place, Reason = e.Message });
            return [];
        }
    }

    private void ReadFile(ICataloger cataloger, FileCandidate candidate, string file, CancellationToken cancellationToken)
    {
        using var reader = cataloger.Open(candidate);
        try
        {
            // A pipe or a device has no length, and opening it could wait for ever; an empty file has nothing to read either.
            if (new FileInfo(file).Length > 0) Copy(file, reader, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _faults.Add(new CatalogFault { Path = candidate.Path, Reason = e.Message });
        }

        if (reader.Finish() is { } document) _documents.Add(document);
        _faults.AddRange(reader.Faults);
    }

    /// <summary>A document in its one place is wanted by its name alone.</summary>
    private static FileCandidate At(string path) => new(path, Size: 0, Mode: 0);

    private static void Copy(string file, DocumentReader reader, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int n; reader.WantsMore && (n = stream.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                reader.Add(buffer.AsSpan(0, n));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
