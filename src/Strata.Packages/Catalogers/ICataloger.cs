namespace Strata.Packages.Catalogers;

/// <summary>Knows the package database of one ecosystem: where it is, and how to read it while it streams by.</summary>
internal interface ICataloger
{
    /// <summary>Files, or folders whose direct files are, that may be documents; relative to the root.</summary>
    IReadOnlyList<string> Places { get; }

    /// <summary>Whether a file at this path is a document.</summary>
    bool Wants(string path);

    /// <summary>A reader for the document at this path, which the cataloguer wants.</summary>
    DocumentReader Open(string path);
}
