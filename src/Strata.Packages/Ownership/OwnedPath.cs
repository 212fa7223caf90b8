using Strata.Packages.Catalogers;
using Strata.Packages.Facts;

namespace Strata.Packages.Ownership;

/// <summary>Which of the files that an OS package owns are worth remembering: those that another cataloguer may take for a document.</summary>
internal static class OwnedPath
{
    /// <summary>Such files of one database; a desktop system has some 100,000.</summary>
    public const int Most = 4_000_000;

    /// <summary>A file of which a list knows only the path may have any size.</summary>
    private const long AnySize = 1024 * 1024;

    private static readonly string[] ProgramFolders = ["bin", "sbin", "libexec", "games"];

    /// <param name="path">As a package's list has it, with or without a leading slash.</param>
    public static ulong? Hash(ReadOnlySpan<char> path)
    {
        var relative = path.TrimStart('/').ToString();
        return relative.Length > 0 && Counts(relative) ? PathHash.Of(relative) : null;
    }

    /// <summary>A database of the OS is owned, too: by rpm, for instance. What it says does not belong to its owner for that.</summary>
    private static bool Counts(string path) =>
        CatalogerSet.All.WhoWants(new FileCandidate(path, AnySize, Mode: 0)) is { } cataloger ? cataloger.HasOwners : IsProgram(path);

    /// <summary>Programs are found by their content; where a list says nothing of that, the place has to do.</summary>
    private static bool IsProgram(string path)
    {
        var name = path.LastIndexOf('/');
        if (name <= 0) return false;
        var folder = path.AsSpan(path.LastIndexOf('/', name - 1) + 1)[..];
        folder = folder[..folder.IndexOf('/')];
        foreach (var known in ProgramFolders)
            if (folder.SequenceEqual(known)) return true;
        return path.Contains("/lib", StringComparison.Ordinal) && path.IndexOf('.', name) < 0;
    }
}
