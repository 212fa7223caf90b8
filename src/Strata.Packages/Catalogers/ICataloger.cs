namespace Strata.Packages.Catalogers;

/// <summary>Knows how one ecosystem says what is installed: which files do, and how to read one while it streams by.</summary>
internal interface ICataloger
{
    /// <summary>
    /// Files, or folders whose direct files are, that are documents in one place only; relative to the root. They are found through
    /// symbolic links in a plain folder, and anything else in their place is a fault. Empty for documents that may be anywhere.
    /// </summary>
    IReadOnlyList<string> Places => [];

    /// <summary>
    /// True for documents that say what is to be installed, such as lock files: they count where a plain folder is asked about, and not in an
    /// image, which has what was installed.
    /// </summary>
    bool IsPlan => false;

    /// <summary>
    /// Whether its documents tell of packages that an OS package may have brought, so that it matters who owns them.
    /// </summary>
    bool HasOwners => Places.Count == 0;

    /// <summary>Whether a file may be a document, by its outside; its reader may find that it is none. Asked of every file: it must be quick.</summary>
    bool Wants(FileCandidate file);

    /// <summary>A reader for a file that the cataloguer wants.</summary>
    DocumentReader Open(FileCandidate file);
}
