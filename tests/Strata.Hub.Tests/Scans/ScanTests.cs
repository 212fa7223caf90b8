using System.Net;
using Strata.Oci;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;
using static Strata.Hub.Tests.Scans.ScannedHub;

namespace Strata.Hub.Tests.Scans;

/// <summary>What is pushed is scanned by itself, and what is found is kept.</summary>
public sealed class ScanTests
{
    private static readonly (string, string)[] Base = [Os, Status(("openssl", "3.0.9-1"))];
    private static readonly (string, string)[] Upper = [Status(("openssl", "3.0.9-1"), ("nginx", "1.22.1-9"))];

    [Fact]
    public async Task A_push_is_scanned_and_each_finding_names_its_layer()
    {
        await using var hub = await ScannedHub.StartAsync();
        await hub.AdviseAsync(("CVE-2024-0001", "openssl", "3.0.15-1"), ("CVE-2024-0002", "nginx", "1.22.1-10"), ("CVE-2024-0003", "nginx", "1.22.1-9"));
        var digest = await hub.PushAsync("me/app", "1", Base, Upper);
        await hub.SettleAsync();

        var scan = hub.Scans.Find(digest)!;
        scan.State.ShouldBe(ImageScanState.Read);
        scan.Result!.State.ShouldBe(ScanState.Scanned);
        scan.Result.Counts[Severity.High].ShouldBe(2);
        scan.Result.Fixable.ShouldBe(2);
        var json = await hub.Hub.JsonAsync("/api/v1/vulnerabilities/me/app?tag=1");
        var image = json.GetProperty("images").EnumerateArray().Single();
        image.GetProperty("state").GetString().ShouldBe("scanned");
        image.GetProperty("is_current").GetBoolean().ShouldBeTrue();
        image.GetProperty("counts").GetProperty("high").GetInt32().ShouldBe(2);
        image.GetProperty("findings").EnumerateArray().Select(f => $"{f.GetProperty("id")} {f.GetProperty("fixed_version")} layer {f.GetProperty("packages")[0].GetProperty("layer")}")
            .ShouldBe(["CVE-2024-0001 3.0.15-1 layer 0", "CVE-2024-0002 1.22.1-10 layer 1"]);
        var ofLayer = await hub.Hub.JsonAsync($"/api/v1/vulnerabilities/me/app?digest={digest}&layer=1");
        ofLayer.GetProperty("images")[0].GetProperty("findings").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe("CVE-2024-0002");
        var tag = (await hub.Hub.JsonAsync("/api/v1/repositories/me/app")).GetProperty("tags")[0].GetProperty("vulnerabilities");
        tag.GetProperty("state").GetString().ShouldBe("scanned");
        tag.GetProperty("counts").GetProperty("high").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Each_platform_of_an_index_is_scanned()
    {
        await using var hub = await ScannedHub.StartAsync();
        await hub.AdviseAsync(("CVE-2024-0001", "openssl", "3.0.15-1"));
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests = [await hub.PushAsync("me/app", null, "arm64", Tar(Os, Status(("openssl", "3.0.15-1")))), await hub.PushAsync("me/app", null, "amd64", Tar(Base))],
        };
        await hub.Hub.PutManifestAsync("me/app", "1", index.ToBytes(), MediaTypes.OciIndex);
        await hub.SettleAsync();

        (await CountsAsync("")).ShouldBe(["linux/arm64 0", "linux/amd64 1"]);
        (await CountsAsync("&platform=linux/arm64")).ShouldBe(["linux/arm64 0"]);
        var tag = (await hub.Hub.JsonAsync("/api/v1/repositories/me/app")).GetProperty("tags")[0].GetProperty("vulnerabilities");
        tag.GetProperty("platform").GetString().ShouldBe("linux/amd64");

        async Task<string[]> CountsAsync(string more) => [.. (await hub.Hub.JsonAsync("/api/v1/vulnerabilities/me/app?tag=1" + more)).GetProperty("images").EnumerateArray()
            .Select(i => $"{i.GetProperty("platform")} {i.GetProperty("findings").GetArrayLength()}")];
    }

    [Fact]
    public async Task New_advisories_meet_what_is_kept_and_no_layer_is_read()
    {
        var blobs = new WatchedBlobs();
        await using var hub = await ScannedHub.StartAsync(registry: blobs.Watch);
        var digest = await hub.PushAsync("me/app", "1", Base, Upper);
        await hub.SettleAsync();
        hub.Scans.Find(digest)!.Result!.State.ShouldBe(ScanState.NoDatabase);
        var opened = blobs.Opened;

        await hub.AdviseAsync(("CVE-2024-0001", "openssl", "3.0.15-1"));
        await hub.SettleAsync();
        hub.Scans.Find(digest)!.Result!.Counts[Severity.High].ShouldBe(1);
        await hub.AdviseAsync(("CVE-2024-0001", "openssl", "3.0.15-1"), ("CVE-2024-0002", "nginx", "1.22.1-10"));
        await hub.SettleAsync();
        hub.Scans.Find(digest)!.Result!.Counts[Severity.High].ShouldBe(2);
        blobs.Opened.ShouldBe(opened);
        opened.ShouldBe(2);
    }

    [Fact]
    public async Task Data_that_cannot_be_read_takes_nothing_away()
    {
        await using var hub = await ScannedHub.StartAsync();
        await hub.AdviseAsync(("CVE-2024-0001", "openssl", "3.0.15-1"));
        var digest = await hub.PushAsync("me/app", "1", Base);
        await hub.SettleAsync();
        await File.WriteAllTextAsync(hub.DatabaseFile, "no database at all", TestContext.Current.CancellationToken);
        var later = await hub.PushAsync("me/app", "2", Base, Upper);
        await hub.SettleAsync();

        hub.Scans.Find(digest)!.Result!.Counts[Severity.High].ShouldBe(1);
        var image = (await hub.Hub.JsonAsync("/api/v1/vulnerabilities/me/app?tag=1")).GetProperty("images")[0];
        image.GetProperty("is_current").GetBoolean().ShouldBeFalse();
        image.GetProperty("findings").GetArrayLength().ShouldBe(1);
        hub.Scans.Find(later)!.Result.ShouldBeNull();
        (await hub.Hub.JsonAsync("/api/v1/vulnerabilities/me/app?tag=2")).GetProperty("images")[0].GetProperty("state").GetString().ShouldBe("data_unreadable");
        File.Delete(hub.DatabaseFile);
        await hub.AdviseAsync(("CVE-2024-0002", "nginx", "1.22.1-10"));
        await hub.SettleAsync();
        hub.Scans.Find(later)!.Result!.Counts[Severity.High].ShouldBe(1);
    }

    [Fact]
    public async Task What_is_deleted_goes()
    {
        await using var hub = await ScannedHub.StartAsync();
        var digest = await hub.PushAsync("me/app", "1", Base);
        var other = await hub.PushAsync("me/app", "2", Base, Upper);
        await hub.SettleAsync();
        (await hub.Hub.Client.DeleteAsync("/v2/me/app/manifests/1", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await hub.SettleAsync();
        hub.Scans.Find(digest).ShouldBeNull();
        hub.Scans.Find(other).ShouldNotBeNull();
        await using var again = new ScanDatabaseFile(hub.Hub.Folder);
        again.Manifests().ShouldBe([other.ToString()]);
    }

    [Fact]
    public async Task Facts_that_somebody_deleted_are_made_again()
    {
        await using var hub = await ScannedHub.StartAsync();
        var digest = await hub.PushAsync("me/app", "1", Base);
        await hub.SettleAsync();
        Directory.Delete(Path.Combine(hub.Hub.Folder, "facts"), recursive: true);
        await hub.AdviseAsync(("CVE-2024-0001", "openssl", "3.0.15-1"));
        await hub.SettleAsync();
        hub.Scans.Find(digest)!.Result!.Counts[Severity.High].ShouldBe(1);
    }

    [Fact]
    public async Task Turned_off_nothing_is_read_and_the_API_says_so()
    {
        var blobs = new WatchedBlobs();
        await using var hub = await ScannedHub.StartAsync(scans: new ScanOptions { Enabled = false }, registry: blobs.Watch);
        await hub.PushAsync("me/app", "1", Base);
        (await hub.Hub.Client.GetAsync("/api/v1/vulnerabilities/me/app?tag=1", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await hub.Hub.JsonAsync("/api/v1/repositories/me/app")).GetProperty("tags")[0].TryGetProperty("vulnerabilities", out _).ShouldBeFalse();
        blobs.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task Findings_are_for_those_who_may_pull()
    {
        await using var hub = await ScannedHub.StartAsync(auth: new AuthOptions { Mode = AuthMode.Accounts, PasswordRounds = 1000 });
        var admin = HubHost.Basic("admin", hub.Hub.AdminPassword);
        hub.Hub.Client.DefaultRequestHeaders.Authorization = admin;
        await hub.PushAsync("team/app", "1", Base);
        await hub.SettleAsync();
        hub.Hub.Client.DefaultRequestHeaders.Authorization = null;
        const string Path = "/api/v1/vulnerabilities/team/app?tag=1";
        (await hub.Hub.SendAsync("GET", Path, null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await hub.Hub.SendAsync("GET", Path, HubHost.Basic("admin", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await hub.Hub.SendAsync("GET", Path, admin)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("tag=1&digest=sha256:x")]
    [InlineData("")]
    [InlineData("tag=.")]
    [InlineData("digest=sha256:x")]
    [InlineData("tag=1&layer=-1")]
    [InlineData("tag=1&severity=awful")]
    public async Task A_question_that_is_none_is_refused(string query)
    {
        await using var hub = await ScannedHub.StartAsync();
        (await hub.Hub.SendAsync("GET", "/api/v1/vulnerabilities/me/app?" + query, null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
