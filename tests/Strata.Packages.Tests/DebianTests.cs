using System.Text;
using Strata.Packages.Catalogers;
using Strata.Packages.Catalogers.Debian;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class DebianTests
{
    private const string Status = "var/lib/dpkg/status";

    [Theory]
    [InlineData("install ok installed", true)]
    [InlineData("hold ok installed", true)]
    [InlineData("deinstall ok installed", true)]
    [InlineData("install ok unpacked", true)]
    [InlineData("install reinstreq half-installed", true)]
    [InlineData("install ok half-configured", true)]
    [InlineData("install ok triggers-awaited", true)]
    [InlineData("install ok triggers-pending", true)]
    [InlineData("deinstall ok config-files", false)]
    [InlineData("purge ok not-installed", false)]
    public void The_third_word_of_status_decides(string status, bool counts) =>
        Read(Stanza("bash", "5.2", status: status)).Packages.Count.ShouldBe(counts ? 1 : 0);

    [Fact]
    public void A_stanza_without_status_counts_in_status_d_only()
    {
        const string Text = "Package: tzdata\nVersion: 2024a-0+deb12u1\nArchitecture: all\n";
        Read(Text).Packages.ShouldBeEmpty();
        Read(Text, "var/lib/dpkg/status.d/tzdata").Packages.ShouldHaveSingleItem().Name.ShouldBe("tzdata");
    }

    [Fact]
    public void Md5sums_beside_status_d_stanzas_are_no_packages()
    {
        var catalog = Catalog(
            Text("var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12.4\n"),
            Text("var/lib/dpkg/status.d/base.md5sums", "0123  usr/bin/x\n"),
            Text("var/lib/dpkg/status.d/deeper/x", "Package: x\nVersion: 1\n"));
        catalog.Documents.ShouldHaveSingleItem().Packages.ShouldHaveSingleItem().Name.ShouldBe("base-files");
        catalog.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "gcc-12-base", "12.2.0-14")]
    [InlineData("Source: gcc-12\n", "gcc-12", "12.2.0-14")]
    [InlineData("Source: gcc-defaults (1.203)\n", "gcc-defaults", "1.203")]
    [InlineData("source:   gcc-defaults   ( 1:1.203 )  \n", "gcc-defaults", "1:1.203")]
    public void The_source_is_the_package_unless_it_says_otherwise(string field, string name, string version)
    {
        var package = Read(Stanza("gcc-12-base", "12.2.0-14", field)).Packages.ShouldHaveSingleItem();
        (package.SourceName, package.SourceVersion).ShouldBe((name, version));
    }

    [Fact]
    public void One_package_may_be_there_for_two_architectures()
    {
        var text = Stanza("libc6", "2.36-9") + Stanza("libc6", "2.36-9").Replace("amd64", "i386", StringComparison.Ordinal);
        Image(Catalog(Text(Status, text))).Packages.Select(p => p.Architecture).ShouldBe(["amd64", "i386"]);
    }

    [Fact]
    public void A_corrupt_stanza_is_a_fault_and_the_others_are_read()
    {
        var text = Stanza("a", "1") + "no field here\nPackage: \n\n" + Stanza("b", "2", status: "what") + "\0\u0001\u0002\n\n\n\n" + Stanza("c", "3");
        var document = Catalog(Text(Status, text));
        document.Documents[0].Packages.Select(p => p.Name).ShouldBe(["a", "c"]);
        document.Faults.ShouldAllBe(f => f.Path == Status);
        document.Faults.Select(f => f.Reason).ShouldContain("the stanza at line 13 has a status that dpkg does not know: 'what'");
    }

    [Fact]
    public void Faults_of_one_document_end()
    {
        var text = string.Concat(Enumerable.Repeat("nonsense\n\n", 500));
        Catalog(Text(Status, text)).Faults.Count.ShouldBe(DocumentReader.MaxFaults + 1);
    }

    [Theory]
    [InlineData(-1, 2, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(1, 1, 1)]
    public void A_database_is_read_up_to_its_limit(int over, int packages, int faults)
    {
        var text = Stanza("a", "1") + Stanza("b", "2");
        var (read, found) = ReadWith(new DebianLimits { DatabaseBytes = text.Length - over }, text);
        read.ShouldBe(packages);
        found.ShouldBe(faults);
    }

    [Theory]
    [InlineData(-1, 2, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(1, 1, 1)]
    public void A_stanza_beyond_the_limit_is_left_out_and_the_next_is_read(int over, int packages, int faults)
    {
        var big = Stanza("big", "1", $"Depends: {new string('x', 500)}\n").TrimEnd('\n') + "\n";
        var (read, found) = ReadWith(new DebianLimits { StanzaBytes = big.Length + 1 - over }, big + "\n" + Stanza("b", "2"));
        read.ShouldBe(packages);
        found.ShouldBe(faults);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(3, 0)]
    [InlineData(2, 1)]
    public void Packages_are_counted_up_to_a_limit(int limit, int faults)
    {
        var (read, found) = ReadWith(new DebianLimits { Packages = limit }, Stanza("a", "1") + Stanza("b", "2") + Stanza("c", "3"));
        read.ShouldBe(Math.Min(limit, 3));
        found.ShouldBe(faults);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 0)]
    public void A_name_beyond_measure_is_a_fault(int length, int packages) =>
        ReadWith(new DebianLimits { FieldCharacters = 10 }, Stanza(new string('n', length), "1")).Packages.ShouldBe(packages);

    [Fact]
    public void Cutting_a_database_anywhere_never_throws_and_keeps_what_was_whole()
    {
        var text = Stanza("a", "1:2-3") + Stanza("b", "2", "Source: s (9)\n") + Stanza("c", "3");
        for (var i = 0; i < text.Length; i++)
        {
            var document = Read(text[..i]);
            document.Packages.Count.ShouldBeLessThanOrEqualTo(3);
            if (i >= text.Length / 2) document.Packages.Count.ShouldBeGreaterThanOrEqualTo(1);
        }
    }

    private static Facts.PackageDocument Read(string text, string path = Status) =>
        Catalog(Text(path, text)).Documents.ShouldHaveSingleItem();

    private static (int Packages, int Faults) ReadWith(DebianLimits limits, string text)
    {
        var reader = new StatusReader(Status, statusIsOptional: false, limits);
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(13)) reader.Add(piece);
        return (reader.Finish().Packages.Count, reader.Faults.Count);
    }
}
