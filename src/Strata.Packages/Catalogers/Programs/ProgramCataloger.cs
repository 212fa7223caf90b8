using Strata.Packages.Catalogers.Software;

namespace Strata.Packages.Catalogers.Programs;

/// <summary>
/// Programs and shared libraries, which may say in themselves what they are made of. Any file that somebody may execute, or whose name says
/// so, is looked at; after its first bytes most are dropped.
/// </summary>
internal sealed class ProgramCataloger : ICataloger
{
    /// <summary>No linker makes a program that tells something in less.</summary>
    private const int ShortestProgram = 512;

    private static readonly string[] Extensions = [".exe", ".dll", ".elf", ".macho", ".bin"];

    /// <summary>Where no program is, even if it has no extension.</summary>
    private static readonly string[] Texts = ["/doc/", "/man/", "/zoneinfo/", "/terminfo/", "/.git/"];

    public bool Wants(FileCandidate file) => KnownPrograms.Find(file).Count > 0 || file.Size >= ShortestProgram && MayBeProgram(file);

    public DocumentReader Open(FileCandidate file) => new ProgramReader(file);

    private static bool MayBeProgram(FileCandidate file)
    {
        var name = file.Name;
        var dot = name.LastIndexOf('.');
        if (dot > 0 && name.Contains(".so", StringComparison.Ordinal) && (name.EndsWith(".so", StringComparison.Ordinal) || name.Contains(".so.", StringComparison.Ordinal))) return true;
        if (dot > 0)
        {
            foreach (var extension in Extensions)
                if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) return true;
        }

        if (file.IsExecutable) return true;
        if (dot >= 0) return false;
        foreach (var text in Texts)
            if (file.Path.Contains(text, StringComparison.Ordinal)) return false;
        return true;
    }
}
