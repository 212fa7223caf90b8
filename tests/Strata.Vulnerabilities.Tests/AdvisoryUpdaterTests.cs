using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Vulnerabilities.Advisories;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

public sealed class AdvisoryUpdaterTests : IDisposable
{
    private static readonly string[] Clean = ["advisories.db", "advisories.db.lock"];
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Without_an_update_the_status_says_so()
    {
        AdvisoryDatabase.StatusOf(_fixture.Database).Exists.ShouldBeFalse();
        AdvisoryDatabase.Open(_fixture.Database).ShouldBeNull();
    }

    [Fact]
    public async Task The_status_names_sources_and_coverage()
    {
        var withdrawn = Advisory("CVE-2024-0009", "x", "introduced 0");
        withdrawn["withdrawn"] = "2024-01-01T00:00:00Z";
        var update = await _fixture.UpdateAsync(
            Advisory("CVE-2024-0001", "openssl", "introduced 0", modified: "2026-05-01T00:00:00Z"), Advisory("CVE-2024-0002", "curl", "introduced 0"),
            Advisory("CVE-2024-0003", "curl", "introduced 0", "Debian:11"), withdrawn);
        (update.Records, update.Added, update.Replaced, update.Older, update.Files).ShouldBe((4, 4, 0, 0, 1));
        var status = AdvisoryDatabase.StatusOf(_fixture.Database);
        (status.Exists, status.Records, status.Withdrawn).ShouldBe((true, 3, 1));
        status.Updated.ShouldBe(_fixture.Clock.Now);
        status.Newest.ShouldBe(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
        status.Size.ShouldBe(new FileInfo(_fixture.Database).Length);
        status.Ecosystems.Select(e => (e.Ecosystem, e.Records, e.Packages)).ShouldBe([("Debian:11", 1, 1), ("Debian:12", 2, 2)]);
        var source = status.Sources.ShouldHaveSingleItem();
        (source.Name, source.Location, source.Records).ShouldBe(("test.jsonl", Path.Combine(_fixture.Folder, "0", "test.jsonl"), 4));
        _fixture.FilesBesideDatabase().ShouldBe(Clean);
    }

    [Fact]
    public async Task A_second_source_keeps_the_records_of_the_first()
    {
        await _fixture.UpdateAsync(_fixture.Write("a.jsonl", Lines(Advisory("CVE-2024-0001", "openssl", "introduced 0"))));
        await _fixture.UpdateAsync(_fixture.Write("b.jsonl", Lines(Advisory("CVE-2024-0002", "openssl", "introduced 0"))));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Select(f => f.Database).ShouldBe(["a.jsonl", "b.jsonl"]);
        AdvisoryDatabase.StatusOf(_fixture.Database).Sources.Select(s => s.Records).ShouldBe([1, 1]);
    }

    [Theory]
    [InlineData("2025-12-31T23:59:59Z", "5")]
    [InlineData("2026-01-01T00:00:00Z", "9")]
    [InlineData("2026-01-01T00:00:00.001Z", "9")]
    public async Task A_record_is_replaced_by_one_that_is_as_new(string modified, string fix)
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0, fixed 5", modified: "2026-01-01T00:00:00Z"));
        var update = await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0, fixed 9", modified: modified));
        (update.Older, update.Replaced).ShouldBe(fix == "9" ? (0, 1) : (1, 0));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.ShouldHaveSingleItem().FixedVersion.ShouldBe(fix);
    }

    [Fact]
    public async Task Bad_records_are_counted_and_named_and_the_rest_counts()
    {
        var bad = new[]
        {
            "{", "[]", "\"text\"", """{"id":"X"}""", """{"modified":"2026-01-01T00:00:00Z"}""", """{"id":"X","modified":"yesterday"}""",
            """{"id":"X","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"name":"x"}}]}""",
            """{"id":"X","modified":"2026-01-01T00:00:00Z","affected":{}}""", """{"id":7,"modified":"2026-01-01T00:00:00Z"}""",
            """{"id":"X","modified":"2026-01-01T00:00:00Z","summary":"\ud800"}""", """{"id":"X","modified":"2026-01-01T00:00:00Z","affected":[7]}""",
        };
        var text = Lines(Advisory("CVE-2024-0001", "openssl", "introduced 0")) + string.Join('\n', bad) + "\n" + Lines(Advisory("CVE-2024-0002", "openssl", "introduced 0"));
        var update = await _fixture.UpdateAsync(_fixture.Write("mixed.jsonl", text));
        update.Records.ShouldBe(2);
        update.BadRecords.ShouldBe(bad.Length);
        update.Bad.Select(b => b.Line).ShouldBe(Enumerable.Range(2, bad.Length));
        update.Bad.ShouldAllBe(b => b.File == "mixed.jsonl" && b.Reason.Length > 0);
        update.Bad[4].Reason.ShouldBe("not an OSV record: it has no id");
    }

    [Theory]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    public async Task Bad_records_are_named_up_to_a_limit(int bad, int named)
    {
        var text = Lines(Advisory("CVE-2024-0001", "openssl", "introduced 0")) + string.Concat(Enumerable.Repeat("{}\n", bad));
        var update = await _fixture.UpdateAsync(_fixture.Write("mixed.jsonl", text));
        (update.BadRecords, update.Bad.Count).ShouldBe((bad, named));
    }

    [Fact]
    public async Task A_file_without_any_record_is_an_error_and_the_old_database_stays()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var before = File.ReadAllBytes(_fixture.Database);
        var error = await Should.ThrowAsync<AdvisoryUpdateException>(_fixture.UpdateAsync(_fixture.Write("other.jsonl", "{\"a\":1}\n{\"b\":2}\n")));
        error.Message.ShouldBe("'other.jsonl' is not an OSV file: it has no valid record; the first fault: other.jsonl, line 1: not an OSV record: it has no id");
        File.ReadAllBytes(_fixture.Database).ShouldBe(before);
        _fixture.FilesBesideDatabase().ShouldBe(Clean);
    }

    [Fact]
    public async Task A_folder_is_read_whole_and_what_is_of_another_kind_is_named_once()
    {
        var pretty = Advisory("CVE-2024-0001", "openssl", "introduced 0").ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
        _fixture.Write("feed/deep/one.json", pretty);
        Compress(_fixture.Write("feed/two.jsonl", Lines(Advisory("CVE-2024-0002", "openssl", "introduced 0"))), keep: false);
        _fixture.Write("feed/other.jsonl", "{}\n{}\n{}\n");
        _fixture.Write("feed/README.md", "not data");
        var update = await _fixture.UpdateAsync(Path.Combine(_fixture.Folder, "feed"));
        (update.Records, update.Files, update.BadRecords).ShouldBe((2, 3, 1));
        var bad = update.Bad.ShouldHaveSingleItem();
        (bad.File, bad.Reason).ShouldBe(("other.jsonl", "not a file of advisories: none of its 3 records is one; the first: not an OSV record: it has no id"));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_zip_of_records_is_read()
    {
        var zip = Zip(("DEBIAN-CVE-2024-0001.json", Advisory("DEBIAN-CVE-2024-0001", "openssl", "introduced 0").ToJsonString()), ("x.json", "{"), ("a.txt", "?"));
        var update = await _fixture.UpdateAsync(zip);
        (update.Records, update.BadRecords).ShouldBe((1, 1));
        update.Bad[0].File.ShouldBe("all.zip!x.json");
    }

    [Fact]
    public async Task A_truncated_zip_or_gzip_changes_nothing()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var zip = Zip([.. Enumerable.Range(0, 50).Select(i => ($"{i}.json", Advisory($"CVE-2024-1{i:d3}", "openssl", "introduced 0").ToJsonString()))]);
        var gzip = Compress(_fixture.Write("big.jsonl", Lines(Enumerable.Range(0, 3_000).Select(i => Advisory($"CVE-2024-{i:d5}", $"p{i * 7919 % 1000}", "introduced 0")))), keep: true);
        foreach (var file in (string[])[zip, gzip])
        {
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^(int)(new FileInfo(file).Length / 3)]);
            await Should.ThrowAsync<AdvisoryUpdateException>(_fixture.UpdateAsync(file));
        }

        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Count.ShouldBe(1);
        _fixture.FilesBesideDatabase().ShouldBe(Clean);
    }

    [Fact]
    public async Task A_cancelled_update_leaves_the_old_database_and_nothing_else()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var file = _fixture.Write("many.jsonl", Lines(Enumerable.Range(0, 2_000).Select(i => Advisory($"CVE-2025-{i:d5}", "openssl", "introduced 0"))));
        using var cancel = new CancellationTokenSource();
        using var http = new HttpClient();
        var updater = new AdvisoryUpdater(_fixture.Database, http, _fixture.Clock);
        await Should.ThrowAsync<OperationCanceledException>(updater.UpdateAsync(file, new CancelAfter(cancel, 500), cancel.Token));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Count.ShouldBe(1);
        _fixture.FilesBesideDatabase().ShouldBe(Clean);
    }

    [Fact]
    public async Task Two_updates_at_once_are_refused_and_a_reader_keeps_its_answer()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        using var open = AdvisoryDatabase.Open(_fixture.Database)!;
        using (UpdateWorkplace.Enter(_fixture.Database))
        {
            var error = await Should.ThrowAsync<AdvisoryUpdateException>(_fixture.UpdateAsync(Advisory("CVE-2024-0002", "openssl", "introduced 0")));
            error.Message.ShouldContain("another update");
        }

        await _fixture.UpdateAsync(Advisory("CVE-2024-0002", "openssl", "introduced 0"));
        open.Affected("Debian:12", "openssl").Count.ShouldBe(1);
        AdvisoryDatabase.StatusOf(_fixture.Database).Records.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_killed_update_left_is_removed()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        File.WriteAllText(_fixture.Database + ".0.tmp.db", "half");
        await _fixture.UpdateAsync(Advisory("CVE-2024-0002", "openssl", "introduced 0"));
        _fixture.FilesBesideDatabase().ShouldBe(Clean);
    }

    [Theory]
    [InlineData("not a database at all, but long enough to look like a file of some kind")]
    [InlineData("")]
    public async Task A_damaged_database_is_told_and_an_update_makes_it_anew(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_fixture.Database)!);
        File.WriteAllText(_fixture.Database, text);
        Should.Throw<AdvisoryDatabaseException>(() => AdvisoryDatabase.StatusOf(_fixture.Database)).Message.ShouldContain("update the advisories");
        Should.Throw<AdvisoryDatabaseException>(() => _fixture.Scan(Image(Deb("openssl", "1"))));
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("nowhere.jsonl", "there is no file or folder")]
    [InlineData("http://127.0.0.1:1/all.zip", "were not updated from 'http://127.0.0.1:1/all.zip'")]
    [InlineData("http://127.0.0.1:1/feed", "does not name a form that is known")]
    public async Task A_source_that_cannot_be_read_is_told(string from, string words) =>
        (await Should.ThrowAsync<AdvisoryUpdateException>(_fixture.UpdateAsync(from))).Message.ShouldContain(words);

    private string Zip(params (string Name, string Text)[] entries)
    {
        var path = Path.Combine(_fixture.Folder, "all.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in entries)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }

        return path;
    }

    private static string Compress(string file, bool keep)
    {
        using (var target = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Fastest)) target.Write(File.ReadAllBytes(file));
        if (!keep) File.Delete(file);
        return file + ".gz";
    }

    private sealed class CancelAfter(CancellationTokenSource cancel, long records) : IProgress<AdvisoryProgress>
    {
        public void Report(AdvisoryProgress value)
        {
            if (value.Records >= records) cancel.Cancel();
        }
    }

    [Fact]
    public async Task What_a_publisher_removes_is_removed()
    {
        await UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"), Advisory("CVE-2024-0002", "openssl", "introduced 0"));
        var other = await _fixture.UpdateAsync(_fixture.Write("other.jsonl", Lines(Advisory("CVE-2024-0003", "openssl", "introduced 0"))));
        other.Removed.ShouldBe(0);
        var update = await UpdateAsync(Advisory("CVE-2024-0002", "openssl", "introduced 0"));
        (update.Removed, update.Status.Records).ShouldBe((1, 2));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Select(f => f.Id).ShouldBe(["CVE-2024-0002", "CVE-2024-0003"]);
    }

    [Fact]
    public async Task Nothing_is_removed_while_a_record_cannot_be_read()
    {
        await UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"), Advisory("CVE-2024-0002", "openssl", "introduced 0"));
        var update = await _fixture.UpdateAsync(_fixture.Write("same.jsonl", "{\n" + Lines(Advisory("CVE-2024-0002", "openssl", "introduced 0"))));
        (update.Removed, update.BadRecords, update.Status.Records).ShouldBe((0, 1, 2));
    }

    private Task<AdvisoryUpdate> UpdateAsync(params IReadOnlyList<JsonNode> records) => _fixture.UpdateAsync(_fixture.Write("same.jsonl", Lines(records)));
}
