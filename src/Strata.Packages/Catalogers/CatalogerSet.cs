using Strata.Packages.Catalogers.Alpine;
using Strata.Packages.Catalogers.Chisel;
using Strata.Packages.Catalogers.CocoaPods;
using Strata.Packages.Catalogers.Conan;
using Strata.Packages.Catalogers.Conda;
using Strata.Packages.Catalogers.Dart;
using Strata.Packages.Catalogers.Debian;
using Strata.Packages.Catalogers.DotNet;
using Strata.Packages.Catalogers.Go;
using Strata.Packages.Catalogers.Haskell;
using Strata.Packages.Catalogers.Hex;
using Strata.Packages.Catalogers.Java;
using Strata.Packages.Catalogers.Lua;
using Strata.Packages.Catalogers.Npm;
using Strata.Packages.Catalogers.Php;
using Strata.Packages.Catalogers.Programs;
using Strata.Packages.Catalogers.Python;
using Strata.Packages.Catalogers.R;
using Strata.Packages.Catalogers.Rpm;
using Strata.Packages.Catalogers.Ruby;
using Strata.Packages.Catalogers.Rust;
using Strata.Packages.Catalogers.Sbom;
using Strata.Packages.Catalogers.Software;
using Strata.Packages.Catalogers.Swift;
using Strata.Packages.Distributions;

namespace Strata.Packages.Catalogers;

/// <summary>Cataloguers, asked as one.</summary>
internal sealed class CatalogerSet(params IReadOnlyList<ICataloger> catalogers)
{
    /// <summary>All cataloguers, for plain folders. The first that wants a file gets it.</summary>
    public static CatalogerSet All { get; } = new(
        new DebianCataloger(DebianLimits.Default),
        new FileListCataloger(),
        new ChecksumListCataloger(),
        new CopyrightCataloger(),
        new OpkgCataloger(DebianLimits.Default),
        new ApkCataloger(),
        new ChiselCataloger(),
        new RpmCataloger(),
        new RpmManifestCataloger(),
        new OsReleaseCataloger(),
        new NpmCataloger(),
        new NpmLockCataloger(),
        new PythonCataloger(),
        new PythonLockCataloger(),
        new RubyCataloger(),
        new GemLockCataloger(),
        new PhpCataloger(),
        new ComposerLockCataloger(),
        new ConanCataloger(),
        new ConanLockCataloger(),
        new CondaCataloger(),
        new RCataloger(),
        new RLockCataloger(),
        new LuaCataloger(),
        new DartCataloger(),
        new HexCataloger(),
        new SwiftCataloger(),
        new CocoaPodsCataloger(),
        new HaskellCataloger(),
        new SbomCataloger(),
        new DepsCataloger(),
        new NuGetLockCataloger(),
        new CargoLockCataloger(),
        new JarCataloger(),
        new JavaPlanCataloger(),
        new GoModCataloger(),
        new ToolchainCataloger(),
        new ProgramCataloger());

    /// <summary>For images: what is installed, and not what is planned.</summary>
    public static CatalogerSet Installed { get; } = new([.. All.Catalogers.Where(c => !c.IsPlan)]);

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
