namespace Strata.Packages.Catalogers.Java;

/// <summary>Archives of Java: libraries, applications, plug-ins of Jenkins.</summary>
internal sealed class JarCataloger : ICataloger
{
    private static readonly string[] Extensions = [".jar", ".war", ".ear", ".par", ".sar", ".nar", ".kar", ".jpi", ".hpi", ".lpkg"];

    public bool Wants(FileCandidate file) => IsArchive(file.Name);

    public DocumentReader Open(FileCandidate file) => new JarReader(file, JarLimits.Default);

    public static bool IsArchive(ReadOnlySpan<char> name)
    {
        foreach (var extension in Extensions)
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
