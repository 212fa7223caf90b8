namespace Strata.Packages.Catalogers.Rust;

/// <summary>Cargo.lock: the crates of a workspace, and those that it needs. doc.rust-lang.org/cargo, "Cargo.toml vs Cargo.lock".</summary>
internal sealed class CargoLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "Cargo.lock" ? Read : null;

    /// <summary>Cargo writes one key a line, so that this needs no parser of all of TOML.</summary>
    private static void Read(DocumentText document, PackageList found)
    {
        string? name = null, version = null;
        var isPackage = false;
        foreach (var line in document.Lines)
        {
            if (line.StartsWith('['))
            {
                if (isPackage) found.Add("cargo", name, version);
                (isPackage, name, version) = (line.Trim() == "[[package]]", null, null);
            }
            else if (isPackage)
            {
                name ??= Value(line, "name");
                version ??= Value(line, "version");
            }
        }

        if (isPackage) found.Add("cargo", name, version);
    }

    private static string? Value(string line, string key)
    {
        var at = line.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && line.AsSpan(0, at).Trim().SequenceEqual(key) ? line[(at + 1)..].Trim().Trim('"', '\'') : null;
    }
}
