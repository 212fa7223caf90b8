using System.Text;
using Strata.Packages.Catalogers;
using Strata.Packages.Facts;
using Strata.Testing;

namespace Strata.Packages.Tests.Languages;

/// <summary>Single documents, read as in a folder.</summary>
internal static class Documents
{
    public static string Fixture(string path) =>
        File.ReadAllText(Path.Combine(Checkout.Root, "tests", "Strata.Packages.Tests", "Languages", "fixtures", path));

    /// <summary>Each package as its purl, in order. Nothing may be at fault.</summary>
    public static string[] Purls(string path, string text)
    {
        var (document, faults) = Read(path, Encoding.UTF8.GetBytes(text));
        faults.ShouldBeEmpty();
        return [.. (document?.Packages ?? []).Select(p => PackageUrl.Of(p, distribution: null)).Order(StringComparer.Ordinal)];
    }

    public static PackageFact Single(string path, string text)
    {
        var (document, faults) = Read(path, Encoding.UTF8.GetBytes(text));
        faults.ShouldBeEmpty();
        return document.ShouldNotBeNull().Packages.ShouldHaveSingleItem();
    }

    public static bool IsWanted(string path) => CatalogerSet.All.WhoWants(new FileCandidate(path, Size: 100, Mode: 0)) is not null;

    public static (PackageDocument? Document, IReadOnlyList<CatalogFault> Faults) Read(string path, byte[] content)
    {
        var file = new FileCandidate(path, content.Length, Mode: 0);
        using var reader = CatalogerSet.All.WhoWants(file).ShouldNotBeNull($"nobody reads {path}").Open(file);
        foreach (var piece in content.Chunk(1000)) reader.Add(piece);
        return (reader.Finish(), reader.Faults);
    }
}
