namespace Strata.Packages.Catalogers.Python;

/// <summary>What is to be installed: pinned requirements, the lock files of poetry, uv, pdm, pipenv and PEP 751, and wheels.</summary>
internal sealed class PythonLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "poetry.lock" or "uv.lock" or "pdm.lock" => TomlLock,
        "pylock.toml" => PyLock,
        "Pipfile.lock" => PipfileLock.Read,
        var name when name.EndsWith(".whl", StringComparison.Ordinal) => PythonArchive.Read,
        var name when name.EndsWith(".txt", StringComparison.Ordinal) && name.Contains("requirements", StringComparison.Ordinal) => Requirements.Read,
        _ => null,
    };

    private static void TomlLock(DocumentText document, PackageList found) => Add(document, "package", found);

    /// <summary>PEP 751.</summary>
    private static void PyLock(DocumentText document, PackageList found) => Add(document, "packages", found);

    private static void Add(DocumentText document, string table, PackageList found)
    {
        foreach (var package in Toml.TomlTables.Read(document.Lines, table))
            found.Add("pypi", package.GetValueOrDefault("name"), package.GetValueOrDefault("version"));
    }
}
