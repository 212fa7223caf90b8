using Strata.Packages.Catalogers.Alpine;
using Strata.Packages.Catalogers.Debian;
using Strata.Packages.Catalogers.Rpm;
using Strata.Packages.Distributions;

namespace Strata.Packages.Catalogers;

/// <summary>All cataloguers, asked as one.</summary>
internal sealed class CatalogerSet(params IReadOnlyList<ICataloger> catalogers)
{
    /// <summary>The first that wants a file gets it.</summary>
    public static CatalogerSet All { get; } = new(
        new DebianCataloger(DebianLimits.Default),
        new FileListCataloger(),
        new ChecksumListCataloger(),
        new CopyrightCataloger(),
        new OpkgCataloger(DebianLimits.Default),
        new ApkCataloger(),
        new RpmCataloger(),
        new RpmManifestCataloger(),
        new OsReleaseCataloger());

    public IEnumerable<ICataloger> Catalogers => catalogers;

    public ICataloger? WhoWants(FileCandidate file)
    {
        foreach (var cataloger in catalogers)
        {
            if (cataloger.Wants(file)) return cataloger;
        }

        return null;
    }

    /// <summary>Whether a document that is in one place only is at the path.</summary>
    public bool IsPlaced(string path)
    {
        var file = new FileCandidate(path, Size: 0, Mode: 0);
        foreach (var cataloger in catalogers)
        {
            if (cataloger.Places.Count > 0 && cataloger.Wants(file)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether all places at or below a path are places at or below another path, too: <c>lib</c> and <c>usr/lib</c>, <c>var/lib/rpm</c>
    /// and <c>usr/lib/sysimage/rpm</c>.
    /// </summary>
    public bool IsPlacedAt(string path, string other)
    {
        foreach (var cataloger in catalogers)
        {
            foreach (var place in cataloger.Places)
            {
                if (RootPath.IsAtOrBelow(place, path) && !cataloger.Places.Contains(other + place[path.Length..])) return false;
            }
        }

        return true;
    }

    /// <summary>Whether the path is a place for documents, or a folder above one.</summary>
    public bool IsAbovePlaces(string path)
    {
        foreach (var cataloger in catalogers)
        {
            foreach (var place in cataloger.Places)
            {
                if (RootPath.IsAtOrBelow(place, path)) return true;
            }
        }

        return false;
    }
}
