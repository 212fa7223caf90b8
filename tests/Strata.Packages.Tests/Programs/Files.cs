using System.IO.Compression;
using Strata.Packages.Catalogers;
using Strata.Packages.Facts;

namespace Strata.Packages.Tests.Programs;

/// <summary>Files as cataloguers see them, without a layer or a folder.</summary>
internal static class Files
{
    private const int Executable = 0b111_101_101;

    /// <summary>What the cataloguer that wants a file of the path says of it, and its faults.</summary>
    public static (PackageDocument? Document, IReadOnlyList<CatalogFault> Faults) Read(string path, byte[] content, int piece = 64 * 1024)
    {
        var file = new FileCandidate(path, content.Length, Executable);
        using var reader = CatalogerSet.All.WhoWants(file).ShouldNotBeNull().Open(file);
        foreach (var part in content.Chunk(piece)) reader.Add(part);
        return (reader.Finish(), reader.Faults);
    }

    /// <summary>"type name version", ordered.</summary>
    public static string[] Packages(string path, byte[] content)
    {
        var (document, faults) = Read(path, content);
        faults.ShouldBeEmpty();
        return [.. (document?.Packages ?? []).Select(p => $"{p.Type} {p.Name} {p.Version}").Order(StringComparer.Ordinal)];
    }

    public static string Fixture(string name) => Path.Combine(Strata.Testing.Checkout.Root, "tests", "Strata.Packages.Tests", "Fixtures", name);

    public static byte[] Unpacked(string name)
    {
        using var file = new GZipStream(File.OpenRead(Fixture(name)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
