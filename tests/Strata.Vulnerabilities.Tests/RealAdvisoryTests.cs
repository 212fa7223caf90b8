using System.IO.Compression;
using System.Text.Json.Nodes;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

/// <summary>Against data as its publishers wrote it.</summary>
public sealed class RealAdvisoryTests : IDisposable
{
    private const string Debian = "debian-bookworm-2026-11.osv.jsonl.gz";
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("2.2.49-1", true)]
    [InlineData("2.2.49-2~bpo1", true)]
    [InlineData("2.2.49-2", false)]
    [InlineData("2.3.1-3", false)]
    public async Task An_old_version_is_found_and_a_fixed_one_is_not(string version, bool found)
    {
        var update = await _fixture.UpdateAsync(SharedData.Advisories(Debian));
        (update.Records, update.BadRecords).ShouldBe((942, 0));
        var result = _fixture.Scan(Image(Deb("libacl1", version + "+b1", "acl", version)));
        result.State.ShouldBe(ScanState.Scanned);
        result.Findings.Any(f => f.Id == "CVE-2009-4411").ShouldBe(found);
        result.Coverage.ShouldHaveSingleItem().ShouldBe(new EcosystemCoverage("Debian:12", 936, 54, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Records_that_name_a_package_each_under_one_id_are_joined()
    {
        await _fixture.UpdateAsync(SharedData.Advisories(Debian));
        var lines = Lines(SharedData.Advisories(Debian));
        var repeated = lines.GroupBy(l => l.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).SelectMany(g => g).ToArray();
        repeated.Length.ShouldBeGreaterThan(0);
        foreach (var (id, package) in repeated)
            _fixture.Scan(Image(Deb(package, "0~"))).Findings.ShouldContain(f => f.RecordId == id);
    }

    [Fact]
    public async Task Every_record_matches_before_its_fix_and_not_from_it_on()
    {
        await _fixture.UpdateAsync(SharedData.Advisories(Debian));
        using var database = AdvisoryDatabase.Open(_fixture.Database);
        var scanner = new Scanner(_fixture.Clock);
        string[] Found(string package, string version) =>
            [.. scanner.Scan(database, Image(Deb(package, version)), TestContext.Current.CancellationToken).Findings.Select(f => $"{f.RecordId} {f.FixedVersion}")];

        foreach (var package in Lines(SharedData.Advisories(Debian)).Select(l => l.Package).Distinct(StringComparer.Ordinal))
        {
            var all = Found(package, "0~");
            all.Length.ShouldBeGreaterThan(0);
            foreach (var byFix in all.GroupBy(f => f.Split(' ')[1], StringComparer.Ordinal))
            {
                Found(package, byFix.Key).Intersect(byFix).ShouldBeEmpty();
                byFix.Except(Found(package, byFix.Key + "~")).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public async Task This_machine_is_scanned()
    {
        await _fixture.UpdateAsync(SharedData.Advisories(Debian));
        using var machine = new Strata.Testing.ThisMachine();
        var packages = Packages.FolderCatalog.Read(machine.Root, TestContext.Current.CancellationToken);
        if (packages.Distribution is not { Id: "debian" }) Assert.Skip("this machine is no Debian, and the data is about Debian");
        _fixture.Scan(packages).Findings.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("almalinux.osv.jsonl.gz", 5_680)]
    [InlineData("go.osv.jsonl.gz", 4_291)]
    [InlineData("pypi.osv.jsonl.gz", 2_661)]
    [InlineData("psf.osv.jsonl.gz", 132)]
    [InlineData("bitnami.osv.jsonl.gz", 7_444)]
    public async Task Every_record_of_a_publisher_is_taken(string file, int records)
    {
        var update = await _fixture.UpdateAsync(SharedData.Advisories(file));
        (update.Records, update.BadRecords).ShouldBe((records, 0));
        update.Status.Records.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_folder_with_files_of_every_form_is_read_whole()
    {
        var update = await _fixture.UpdateAsync(SharedData.Advisories(""));
        update.Records.ShouldBeGreaterThan(110_000);
        // 104 of Vulnrichment are a name and nothing else; the last line of the Node.js group is an index of the others.
        update.Bad.ShouldAllBe(b => b.Reason.StartsWith("it says nothing of CVE-", StringComparison.Ordinal));
        update.BadRecords.ShouldBe(105);
        update.Status.Sources.Select(s => s.Form).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(
            [".NET releases", "Alpine secdb", "CISA KEV", "CISA Vulnrichment", "Debian announcements", "Debian tracker", "FriendsOfPHP", "Node.js working group", "OSV", "RubySec", "RustSec", "Wolfi advisories"]);
        update.Status.Sources.ShouldAllBe(s => s.Records > 0 && s.Newest != null);
        string[] expected = ["AlmaLinux:9", "Alpine:v3.11", "Bitnami", "Debian:12", "Go", "NuGet", "Packagist", "PyPI", "RubyGems", "Wolfi", "crates.io", "npm"];
        expected.ShouldBeSubsetOf(update.Status.Ecosystems.Select(e => e.Ecosystem));
    }

    private static (string Id, string Package)[] Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return
        [
            .. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)
                .Select(r => ((string)r["id"]!, (string)r["affected"]![0]!["package"]!["name"]!)),
        ];
    }
}
