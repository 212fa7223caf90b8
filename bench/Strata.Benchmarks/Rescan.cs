using System.Diagnostics;
using System.Globalization;
using Strata.Packages;
using Strata.Packages.Formats;
using Strata.Vulnerabilities.Matching;

namespace Strata.Benchmarks;

/// <summary>
/// New advisories meet the package lists of many images. Each list is drawn from the packages of a real one, in one of ten versions of
/// each, with a seed that is always the same.
/// </summary>
internal static class Rescan
{
    private const int PackagesPerImage = 300;
    private const int VersionsPerPackage = 10;

    public static int Run(string database, string document, int images)
    {
        var all = SbomReader.Read(document);
        var clock = Stopwatch.StartNew();
        var findings = new Scanner(TimeProvider.System).ScanAll(database, Lists(all, images), CancellationToken.None).Sum(r => (long)r.Result.Findings.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images} images of {PackagesPerImage} packages: {findings} findings, {clock.Elapsed.TotalSeconds:f1} s"));
        return 0;
    }

    private static IEnumerable<(int Image, ImagePackages Packages)> Lists(ImagePackages all, int images)
    {
        var random = new Random(1);
        var known = all.Packages.ToArray();
        for (var image = 0; image < images; image++)
        {
            random.Shuffle(known);
            yield return (image, all with { Packages = [.. known.Take(PackagesPerImage).Select(p => Varied(p, random.Next(VersionsPerPackage)))] });
        }
    }

    private static Package Varied(Package package, int variant)
    {
        if (variant == 0) return package;
        var suffix = string.Create(CultureInfo.InvariantCulture, $".{variant}");
        return package with { Version = package.Version + suffix, SourceVersion = package.SourceVersion + suffix };
    }
}
