using System.IO.Compression;
using System.Text;
using CsCheck;
using Strata.Packages.Catalogers.Java;
using Strata.Packages.Facts;
using Strata.Packages.Tests.Programs;

namespace Strata.Packages.Tests.Java;

public sealed class JarTests
{
    [Theory]
    [InlineData("pkg-extra-field-maven-4.3.2-rc1.ear", "pkg-extra-field-maven", "4.3.2-rc1")]
    [InlineData("wagon-webdav-1.0.2-beta-2.2.3a-hudson.jar", "wagon-webdav", "1.0.2-beta-2.2.3a-hudson")]
    [InlineData("WEB-INF/lib/jtidy-4aug2000r7-dev-hudson-1.jar", "jtidy", "4aug2000r7-dev-hudson-1")]
    [InlineData("trilead-ssh2-build212-hudson-5.jar", "trilead-ssh2", "build212-hudson-5")]
    [InlineData("guava-r06.jar", "guava", "r06")]
    [InlineData("BOOT-INF/lib/spring-data-r2dbc-1.1.0.RELEASE.jar", "spring-data-r2dbc", "1.1.0.RELEASE")]
    [InlineData("jboss-saaj-api_1.4_spec-1.0.2.Final.jar", "jboss-saaj-api_1.4_spec", "1.0.2.Final")]
    [InlineData("org.eclipse.core.runtime_3.15.100.v20181107.jar", "org.eclipse.core.runtime", "3.15.100.v20181107")]
    [InlineData("my-http2-server-5.jar", "my-http2-server", "5")]
    [InlineData("liferay-package.lpkg", "liferay-package", "")]
    [InlineData("app.jar", "app", "")]
    public void A_file_name_is_a_name_and_a_version(string file, string artifact, string version) => JarName.Parse(file).ShouldBe(new JarName(artifact, version));

    [Fact]
    public void Maven_says_what_an_archive_is_and_a_shaded_one_is_several()
    {
        Packages("guava.jar", Zip(("META-INF/maven/com.google.guava/guava/pom.properties", Properties("com.google.guava", "guava", "31.1-jre")), ("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nBundle-Version: 31.1\r\n")))
            .ShouldBe(["maven com.google.guava:guava 31.1-jre"]);
        Packages("shaded-1.0.jar", Zip(
            ("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Vendor-Id: org.example\n"),
            ("META-INF/maven/a/a/pom.properties", Properties("a.group", "first", "1.1")),
            ("META-INF/maven/b/b/pom.properties", Properties("b.group", "second", "2.2"))))
            .ShouldBe(["maven a.group:first 1.1", "maven b.group:second 2.2", "maven org.example:shaded 1.0"]);
    }

    [Fact]
    public void A_pom_stands_in_where_properties_are_missing() => Packages("x.jar", Zip((
        "META-INF/maven/g/a/pom.xml",
        "<!DOCTYPE project><project xmlns='http://maven.apache.org/POM/4.0.0'><parent><groupId>org.parent</groupId><version>7</version></parent><artifactId>child</artifactId><dependencies><dependency><groupId>no</groupId><version>1</version></dependency></dependencies></project>")))
        .ShouldBe(["maven org.parent:child 7"]);

    [Theory]
    [InlineData("log4j-core-2.14.1.jar", "", "maven org.apache.logging.log4j:log4j-core 2.14.1")]
    [InlineData("junit-4.12.jar", "", "maven junit:junit 4.12")]
    [InlineData("jackson-databind-2.9.jar", "Bundle-SymbolicName: com.fasterxml.jackson.core.jackson-databind", "maven com.fasterxml.jackson.core:jackson-databind 2.9")]
    [InlineData("failureaccess-1.0.1.jar", "Bundle-SymbolicName: com.google.guava.failureaccess", "maven com.google.guava:failureaccess 1.0.1")]
    [InlineData("app.jar", "Implementation-Title: thing\nImplementation-Version: 1.5\nImplementation-Vendor-Id: org.things", "maven org.things:thing 1.5")]
    [InlineData("plugin.hpi", "Group-Id: org.jenkins-ci.plugins\nShort-Name: git\nPlugin-Version: 4.11.0 (private-1)\nImplementation-Version: 1", "maven org.jenkins-ci.plugins:git 4.11.0")]
    [InlineData("long.jar", "Implementation-Version: 1.\n 2.3\nImplementation-Title: long\nAutomatic-Module-Name: org.example.long", "maven org.example:long 1.2.3")]
    [InlineData("nothing.jar", "Created-By: me", null)]
    [InlineData("placeholder.jar", "Implementation-Version: ${project.version}", null)]
    public void Without_maven_the_name_and_the_manifest_say_it(string file, string manifest, string? package) =>
        Packages(file, Zip(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + manifest + "\n\nName: other\nImplementation-Version: 9\n"))).ShouldBe(package is null ? [] : [package]);

    [Fact]
    public void Archives_in_archives_are_read()
    {
        var inner = Zip(("META-INF/maven/t/n3/pom.properties", Properties("test", "nested3", "0.0.3")));
        var middle = Zip([("META-INF/maven/t/n2/pom.properties", Encoding.UTF8.GetBytes(Properties("test", "nested2", "0.0.2"))), ("META-INF/jars/nested3.jar", inner)]);
        var outer = Zip([("META-INF/maven/t/n1/pom.properties", Encoding.UTF8.GetBytes(Properties("test", "nested", "0.0.1"))), ("WEB-INF/lib/nested2.jar", middle)]);
        Packages("opt/nested.war", outer).ShouldBe(["maven test:nested 0.0.1", "maven test:nested2 0.0.2", "maven test:nested3 0.0.3"]);
        Packages("opt/nested.jar", [.. "#!/bin/sh\nexec java -jar $0\n"u8, .. outer]).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData(3, 3, 0)]
    [InlineData(4, 4, 0)]
    [InlineData(5, 4, 1)]
    [InlineData(100, 4, 1)]
    public void Nesting_is_followed_up_to_a_limit(int levels, int packages, int faults)
    {
        byte[] archive = [];
        for (var i = levels; i >= 1; i--)
        {
            (string, byte[]) properties = ("META-INF/maven/t/n/pom.properties", Encoding.UTF8.GetBytes(Properties("t", $"n{i}", "1")));
            archive = archive.Length == 0 ? Zip([properties]) : Zip([properties, ("lib/n.jar", archive)]);
        }

        var (document, found) = Read("n.jar", archive, new JarLimits { Depth = 4 });
        document.Packages.Count.ShouldBe(packages);
        found.Count.ShouldBe(faults);
    }

    [Fact]
    public void Bombs_end_and_what_was_read_before_is_kept()
    {
        var bomb = Zip([("lib/bomb.jar", new byte[4 * 1024 * 1024])]);
        var archive = Zip([("META-INF/maven/t/n/pom.properties", Encoding.UTF8.GetBytes(Properties("t", "n", "1"))), .. Enumerable.Range(0, 20).Select(i => ($"lib/{i}.jar", bomb))]);
        var (document, faults) = Read("n.jar", archive, new JarLimits { Unpacked = 10 * 1024 * 1024 });
        document.Packages.Select(p => p.Name).ShouldContain("t:n");
        faults.ShouldContain(f => f.Reason.Contains("when unpacked", StringComparison.Ordinal));
        Read("n.jar", Zip([.. Enumerable.Range(0, 5).Select(i => ($"{i}.jar", Zip(("x", ""))))]), new JarLimits { Archives = 3 }).Faults.Count.ShouldBe(1);
    }

    [Fact]
    public void No_damage_makes_a_reader_throw()
    {
        var archive = Zip([("META-INF/MANIFEST.MF", "Implementation-Version: 1\n"u8.ToArray()), ("a.jar", Zip(("META-INF/maven/g/a/pom.properties", Properties("g", "a", "1"))))]);
        Gen.Select(Gen.Int[2, archive.Length - 1], Gen.Byte.Array[1, 8], Gen.Int[0, archive.Length / 2]).Sample(
            (at, change, cut) =>
            {
                var bytes = (byte[])archive.Clone();
                change.AsSpan(0, Math.Min(change.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                Files.Read("n.jar", bytes[..(bytes.Length - cut)]).Faults.Count.ShouldBeLessThan(12);
            },
            iter: 3_000);
    }

    [Fact]
    public void A_zip_of_more_files_than_two_bytes_count_is_read()
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 70_000; i++) zip.CreateEntry($"c/{i}.class");
            using var entry = new StreamWriter(zip.CreateEntry("META-INF/maven/g/a/pom.properties").Open());
            entry.Write(Properties("g", "many", "1"));
        }

        Packages("many.jar", content.ToArray()).ShouldBe(["maven g:many 1"]);
    }

    private static string[] Packages(string path, byte[] content) => Files.Packages(path, content);

    private static (PackageDocument Document, IReadOnlyList<CatalogFault> Faults) Read(string path, byte[] content, JarLimits limits)
    {
        using var reader = new JarReader(new Strata.Packages.Catalogers.FileCandidate(path, Size: 0, Mode: 0), limits);
        reader.Add(content);
        return (reader.Finish().ShouldNotBeNull(), reader.Faults);
    }

    private static string Properties(string group, string artifact, string version) => $"#Generated by Maven\r\nversion={version}\r\ngroupId={group}\r\nartifactId={artifact}\r\n";

    private static byte[] Zip(params (string Name, string Text)[] files) => Zip([.. files.Select(f => (f.Name, Encoding.UTF8.GetBytes(f.Text)))]);

    private static byte[] Zip((string Name, byte[] Content)[] files)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return content.ToArray();
    }
}
