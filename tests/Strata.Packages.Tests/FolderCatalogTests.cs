using System.Diagnostics;
using Strata.Packages.Folders;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class FolderCatalogTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("strata-root-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private void LinkTo(string path, string target)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.CreateSymbolicLink(file, target);
    }

    [Fact]
    public void Links_are_followed_inside_the_folder_as_if_it_were_the_root()
    {
        Write("usr/lib/sysimage/dpkg/status", Stanza("curl", "1"));
        LinkTo("var/lib/dpkg", "/usr/lib/sysimage/dpkg");
        Write("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n");
        LinkTo("etc/os-release", "../../../../usr/lib/os-release");
        var packages = FolderCatalog.Read(_root, TestContext.Current.CancellationToken);
        packages.Packages.ShouldHaveSingleItem().Purl.ShouldBe("pkg:deb/debian/curl@1?arch=amd64&distro=debian-12");
        packages.Packages[0].IntroducedBy.ShouldBeNull();
    }

    [Fact]
    public void Links_never_lead_out_of_the_folder()
    {
        var outside = Directory.CreateTempSubdirectory("strata-outside-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(outside, "status"), Stanza("secret", "1"));
            LinkTo("var/lib/dpkg", outside);
            LinkTo("etc/os-release", "../../../../../../../../../../etc/os-release");
            var packages = FolderCatalog.Read(_root, TestContext.Current.CancellationToken);
            packages.Packages.ShouldBeEmpty();
            packages.Distribution.ShouldBeNull();
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Theory]
    [InlineData(RootedPath.MaxLinks - 1, true)]
    [InlineData(RootedPath.MaxLinks, true)]
    [InlineData(RootedPath.MaxLinks + 1, false)]
    public void Links_may_follow_each_other_as_often_as_the_kernel_allows(int links, bool found)
    {
        Write("l0", "x");
        for (var i = 1; i <= links; i++) LinkTo($"l{i}", $"l{i - 1}");
        (RootedPath.Resolve(_root, $"l{links}") is not null).ShouldBe(found);
    }

    [Fact]
    public void Links_that_go_round_end()
    {
        LinkTo("var/lib/dpkg/status", "status");
        FolderCatalog.Read(_root, TestContext.Current.CancellationToken).Packages.ShouldBeEmpty();
    }

    [Fact]
    public void Distroless_folders_are_read()
    {
        Write("var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a\n");
        Write("var/lib/dpkg/status.d/tzdata.md5sums", "0  x\n");
        FolderCatalog.Read(_root, TestContext.Current.CancellationToken).Packages.ShouldHaveSingleItem().Name.ShouldBe("tzdata");
    }

    [Fact]
    public void A_pipe_in_place_of_the_database_does_not_hang()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no named pipes in folders");
        Directory.CreateDirectory(Path.Combine(_root, "var/lib/dpkg"));
        using (var mkfifo = Process.Start("mkfifo", [Path.Combine(_root, "var/lib/dpkg/status")])) mkfifo.WaitForExit();
        FolderCatalog.Read(_root, TestContext.Current.CancellationToken).Packages.ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_folder_is_said() => Should.Throw<DirectoryNotFoundException>(
        () => FolderCatalog.Read(Path.Combine(_root, "none"), TestContext.Current.CancellationToken));

    [Fact]
    public void This_machine_has_what_dpkg_query_says()
    {
        if (!File.Exists("/usr/bin/dpkg-query")) Assert.Skip("dpkg-query is not installed, so there is nothing to compare with");
        const string Format = "${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\t${db:Status-Status}\n";
        var start = new ProcessStartInfo("/usr/bin/dpkg-query", ["-W", "-f", Format]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var expected = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('\t'))
            .Where(f => f[5] is not ("config-files" or "not-installed"))
            .Select(f => string.Join(' ', f[..5]))
            .Order(StringComparer.Ordinal).ToArray();
        process.WaitForExit();

        using var machine = new Strata.Testing.ThisMachine();
        var found = FolderCatalog.Read(machine.Root, TestContext.Current.CancellationToken);

        found.Faults.ShouldBeEmpty();
        expected.Length.ShouldBeGreaterThan(10);
        found.Packages.Select(p => $"{p.Name} {p.Version} {p.Architecture} {p.SourceName} {p.SourceVersion}")
            .Order(StringComparer.Ordinal).ShouldBe(expected);
    }
}
