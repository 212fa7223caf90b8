using Strata.Oci;

namespace Strata.Content;

public sealed partial class ContentStore
{
    /// <summary>What other rooms keep below <see cref="Facts"/> of one layer or document: files in a folder <c>sha256</c> whose names begin with its hash.</summary>
    public IEnumerable<(Digest Digest, FileInfo File)> FactFiles()
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (var file in new DirectoryInfo(Facts).EnumerateFiles("*", all))
        {
            var dot = file.Name.IndexOf('.', StringComparison.Ordinal);
            if (Digest.TryParse($"{file.Directory!.Name}:{(dot < 0 ? file.Name : file.Name[..dot])}", provider: null, out var digest)) yield return (digest, file);
        }
    }

    /// <summary>Downloads that were begun and can go on.</summary>
    public IEnumerable<PartialDownload> Partials() => IngestFiles()
        .Where(f => f.Digest is not null).GroupBy(f => f.Digest!.Value, f => f.File)
        .Select(g => new PartialDownload(g.Key, g.Sum(f => f.Length), new DateTimeOffset(g.Max(f => f.LastWriteTimeUtc))));

    /// <summary>Bytes of ingests that no digest names: of processes under way, or that are gone.</summary>
    public long UnnamedIngests => IngestFiles().Where(f => f.Digest is null).Sum(f => f.File.Length);

    /// <summary>A download has its digest in its name, and can go on; other files there belong to one process, and end with it.</summary>
    private IEnumerable<(Digest? Digest, FileInfo File)> IngestFiles()
    {
        foreach (var file in new DirectoryInfo(_ingest).EnumerateFiles())
            yield return (Digest.TryParse(Path.GetFileNameWithoutExtension(file.Name).Replace('-', ':'), provider: null, out var digest) ? digest : null, file);
    }
}

/// <summary>A download that was begun and can go on.</summary>
/// <param name="LastWritten">When something of it came last.</param>
public sealed record PartialDownload(Digest Digest, long Bytes, DateTimeOffset LastWritten);
