namespace Strata.Packages.Catalogers;

/// <summary>For ecosystems whose documents are small texts: says which function reads a file.</summary>
internal abstract class WholeDocumentCataloger : ICataloger
{
    /// <summary>The largest lock files and bills of materials that are known have some 10 MiB.</summary>
    private const long LongestDocument = 32L * 1024 * 1024;

    public virtual bool IsPlan => false;

    public bool Wants(FileCandidate file) => ReaderOf(file) is not null;

    public DocumentReader Open(FileCandidate file) =>
        new WholeDocumentReader(file.Path, ReaderOf(file) ?? throw new InvalidOperationException($"'{file.Path}' is not wanted"), LongestDocument);

    /// <summary>Null for a file that is no such document. Asked of every file: it must be quick.</summary>
    protected abstract ReadPackages? ReaderOf(FileCandidate file);
}
