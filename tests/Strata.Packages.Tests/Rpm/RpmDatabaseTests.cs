using Strata.Packages.Ownership;

namespace Strata.Packages.Tests.Rpm;

/// <summary>rpm itself is the judge.</summary>
public sealed class RpmDatabaseTests(RpmFixture fixture) : IClassFixture<RpmFixture>
{
    [Fact]
    public void The_SQLite_database_has_what_rpm_says()
    {
        RpmFixture.Require();
        fixture.Expected.Length.ShouldBe(9);
        Found(fixture.SqliteRoot).ShouldBe(fixture.Expected);
    }

    [Theory]
    [InlineData(false, 4096)]
    [InlineData(false, 512)]
    [InlineData(true, 65536)]
    public void The_hash_of_Berkeley_DB_has_what_rpm_says(bool isBigEndian, int pageSize)
    {
        RpmFixture.Require();
        var name = $"bdb-{isBigEndian}-{pageSize}";
        var root = fixture.Root(name, "Packages", BerkeleyWriter.Write(fixture, name, isBigEndian, pageSize));
        RpmFixture.Answer(root, "--define", "_db_backend bdb_ro").ShouldBe(fixture.Expected);
        Found(root).ShouldBe(fixture.Expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_ndb_database_has_what_rpm_says(int slotPages)
    {
        RpmFixture.Require();
        Found(fixture.Root($"ndb-{slotPages}", "Packages.db", NdbWriter.Write(fixture.Headers, slotPages))).ShouldBe(fixture.Expected);
    }

    [Fact]
    public void A_purl_has_what_the_spec_and_other_tools_have()
    {
        RpmFixture.Require();
        var packages = FolderCatalog.Read(fixture.SqliteRoot, TestContext.Current.CancellationToken).Packages;
        packages.Single(p => p.Name == "with-epoch").Purl.ShouldBe("pkg:rpm/with-epoch@2~rc1-1?arch=noarch&epoch=17&upstream=with-epoch-2~rc1-1.src.rpm");
        packages.Single(p => p.Name == "epoch-zero").Version.ShouldBe("0:2^git1-1");
        packages.Single(p => p.Name == "a-part").SourceName.ShouldBe("built-from");
    }

    [Fact]
    public void A_package_in_two_versions_is_two()
    {
        RpmFixture.Require();
        FolderCatalog.Read(fixture.SqliteRoot, TestContext.Current.CancellationToken).Packages.Where(p => p.Name == "kernel").Select(p => p.Version).ShouldBe(["5.14.0-1", "5.14.0-2"]);
    }

    [Fact]
    public void The_files_of_a_package_are_known()
    {
        RpmFixture.Require();
        var packages = RpmReading.Of(fixture.Sqlite).Packages;
        packages.Single(p => p.Name == "plain").Owns.ShouldBe([OwnedPath.Hash("/usr/bin/plain")!.Value]);
        packages.Single(p => p.Name == "large").Owns!.Count.ShouldBe(2_000);
        packages.Single(p => p.Name == "kernel" && p.Version == "5.14.0-1").Owns.ShouldBeNull();
    }

    private static string[] Found(string root)
    {
        var found = FolderCatalog.Read(root, TestContext.Current.CancellationToken);
        found.Faults.ShouldBeEmpty();
        return [.. found.Packages.Select(Line).Order(StringComparer.Ordinal)];
    }

    private static string Line(Package package)
    {
        var source = $"{package.SourceName}-{package.SourceVersion![(package.SourceVersion!.IndexOf(':', StringComparison.Ordinal) + 1)..]}.src.rpm";
        var module = package.Purl.Split("&rpmmod=") is [_, var rest] ? rest.Split('&')[0] : "(none)";
        return string.Join('\t', package.Name, package.Version, package.Architecture, source, package.Licenses.ShouldHaveSingleItem(), module);
    }
}
