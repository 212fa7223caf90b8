using System.Text;
using CsCheck;
using Strata.Layers;
using Strata.Packages.Catalogers;
using Strata.Packages.Catalogers.Debian;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class HostileLayerTests
{
    private static readonly Gen<string> Soup = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 40].Select(string.Concat);

    private static string[] Pieces =>
    [
        "Package: a\n", "Package: b\r\n", "Status: install ok installed\n", "Status: x\n", "Version: 1\n", "Version:\n", "\n", " \n", "\n\n", " folded\n", "Source: s (2)\n",
        "Source: (\n", ":\n", "#c\n", "\0", "\u00ff", "Package", "no line break", "Architecture: amd64\n",
    ];

    [Fact]
    public void How_a_database_is_cut_into_pieces_does_not_matter() => Gen.Select(Soup, Gen.Int[1, 20]).Sample(
        (text, size) =>
        {
            var (whole, cut) = (Read(text, int.MaxValue), Read(text, size));
            cut.Packages.ShouldBe(whole.Packages);
            cut.Faults.ShouldBe(whole.Faults);
        },
        iter: 5_000);

    [Fact]
    public void No_bytes_make_the_reader_throw() => Gen.Byte.Array[0, 300].Sample(
        bytes =>
        {
            var reader = new StatusReader("var/lib/dpkg/status", statusIsOptional: true, new DebianLimits { StanzaBytes = 64, DatabaseBytes = 256, Packages = 3 });
            foreach (var piece in bytes.Chunk(11)) reader.Add(piece);
            reader.Finish().Packages.Count.ShouldBeLessThanOrEqualTo(3);
        },
        iter: 5_000);

    [Theory]
    [InlineData(4, 4, 0)]
    [InlineData(5, 5, 0)]
    [InlineData(6, 5, 1)]
    public void A_layer_has_documents_up_to_a_limit(int documents, int kept, int faults)
    {
        var visitor = new CatalogVisitor(CatalogerSet.All, maxDocuments: 5);
        Stream(visitor, [.. Enumerable.Range(0, documents).Select(i => Text($"var/lib/dpkg/status.d/{i}", $"Package: p{i}\nVersion: 1\n"))]);
        visitor.ToCatalog().Documents.Count.ShouldBe(kept);
        visitor.ToCatalog().Faults.Count.ShouldBe(faults);
    }

    [Fact]
    public void A_document_twice_in_a_tar_is_the_last_one()
    {
        var catalog = Catalog(Text("var/lib/dpkg/status", "broken\n\n" + Stanza("a", "1")), Text("var/lib/dpkg/status", Stanza("b", "2")));
        catalog.Documents.ShouldHaveSingleItem().Packages.ShouldHaveSingleItem().Name.ShouldBe("b");
        catalog.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_in_place_of_the_database_hides_the_one_below()
    {
        var folder = Plain("var/lib/dpkg/status") with { Type = EntryType.Directory };
        Image(Catalog(Text("var/lib/dpkg/status", Stanza("a", "1"))), Catalog(None(folder))).Packages.ShouldBeEmpty();
    }

    [Fact]
    public void A_device_in_place_of_the_database_is_a_fault()
    {
        var device = Plain("var/lib/dpkg/status") with { Type = EntryType.CharacterDevice };
        var image = Image(Catalog(Text("var/lib/dpkg/status", Stanza("a", "1"))), Catalog(None(device)));
        image.Packages.ShouldBeEmpty();
        image.Faults.Count.ShouldBe(1);
    }

    private static (IReadOnlyList<Facts.PackageFact> Packages, IReadOnlyList<CatalogFault> Faults) Read(string text, int size)
    {
        var reader = new StatusReader("var/lib/dpkg/status", statusIsOptional: false, new DebianLimits { StanzaBytes = 120 });
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(size)) reader.Add(piece);
        return (reader.Finish().Packages, reader.Faults);
    }
}
