using System.Text;
using System.Text.Json;
using Strata.Oci;
using Strata.Packages.Distributions;
using Strata.Packages.Formats;
using Strata.Packages.Formats.CycloneDx;
using Strata.Packages.Formats.Spdx;
using Strata.Testing;

namespace Strata.Packages.Tests.Formats;

public sealed class SbomTests : IDisposable
{
    private static readonly SbomSubject Subject = new()
    {
        Name = "team/app:1",
        Digest = Digest.Of("an image"u8),
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
        ToolVersion = "1.2.3",
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats { get; } = ["cyclonedx", "spdx"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_written_is_read_back(string format)
    {
        var packages = Example();
        var read = Read(Write(format, packages));
        read.Distribution.ShouldBe(packages.Distribution);
        read.Base.ShouldBe(packages.Base);
        read.IsFromBase(read.Packages[0]).ShouldBe(true);
        read.IsFromBase(read.Packages[3]).ShouldBeNull();
        read.Faults.ShouldBeEmpty();
        // How often a package was touched is not in a document.
        Json(read.Packages).ShouldBe(Json([.. packages.Packages.Select(p => p with { LastTouchedBy = null })]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_packages_give_the_same_bytes(string format) => Write(format, Example()).ShouldBe(Write(format, Example()));

    [Theory]
    [MemberData(nameof(Formats))]
    public void This_machine_is_written_and_read_back(string format)
    {
        using var machine = new ThisMachine();
        var packages = FolderCatalog.Read(machine.Root, TestContext.Current.CancellationToken);
        if (packages.Packages.Count == 0) Assert.Skip("this machine has no packages of dpkg");
        var read = Read(Write(format, packages));
        Json(read.Packages).ShouldBe(Json(packages.Packages));
        read.Distribution.ShouldBe(packages.Distribution);
    }

    [Theory]
    [InlineData("cyclonedx", false)]
    [InlineData("cyclonedx", true)]
    [InlineData("spdx", false)]
    [InlineData("spdx", true)]
    public void A_base_of_which_only_the_name_is_known_is_read_back_and_so_is_none(string format, bool known)
    {
        var packages = Example() with { Base = known ? new BaseImage { Name = "docker.io/library/debian:12" } : null };
        Read(Write(format, packages)).Base.ShouldBe(packages.Base);
        Write(format, packages).ShouldNotBe(Write(format, Example()));
    }

    [Fact]
    public void What_is_twice_has_references_of_its_own()
    {
        var twice = new ImagePackages { Packages = [Simple("a"), Simple("a")] };
        using var document = JsonDocument.Parse(Write("cyclonedx", twice));
        document.RootElement.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("bom-ref").GetString()).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("{}", "neither")]
    [InlineData("no json", "no JSON")]
    [InlineData("""{"bomFormat":"CycloneDX","components":[1,{"type":"library"},{"type":"library","name":"x"},null]}""", null)]
    [InlineData("""{"spdxVersion":"SPDX-2.2","packages":[{"externalRefs":[{"referenceType":"purl","referenceLocator":"nonsense"}]},7]}""", null)]
    public void What_is_no_bill_of_materials_is_said_and_what_is_a_strange_one_does_no_harm(string text, string? fault)
    {
        if (fault is null) Read(Encoding.UTF8.GetBytes(text)).Packages.ShouldBeEmpty();
        else Should.Throw<InvalidDataException>(() => Read(Encoding.UTF8.GetBytes(text))).Message.ShouldContain(fault);
    }

    [Theory]
    [InlineData("pkg:npm/%40scope/name@1.0.0", "npm", "@scope/name", "1.0.0")]
    [InlineData("pkg:npm/@scope/name@1.0.0", "npm", "@scope/name", "1.0.0")]
    [InlineData("pkg:maven/org.example/a%2Bb@1?type=jar#sub", "maven", "org.example:a+b", "1")]
    [InlineData("pkg:golang/github.com/a/b@v1", "golang", "github.com/a/b", "v1")]
    [InlineData("pkg:rpm/fedora/x@2-3?epoch=1", "rpm", "x", "1:2-3")]
    [InlineData("pkg:rpm/fedora/x@2-3?epoch=0", "rpm", "x", "0:2-3")]
    [InlineData("pkg:deb/debian/x@1%3A2", "deb", "x", "1:2")]
    [InlineData("pkg:generic/x", "generic", "x", "")]
    public void Package_urls_of_others_are_read(string purl, string type, string name, string version)
    {
        var bom = $$"""{"bomFormat":"CycloneDX","components":[{"type":"library","name":"other","purl":"{{purl}}"}]}""";
        var package = Read(Encoding.UTF8.GetBytes(bom)).Packages.ShouldHaveSingleItem();
        (package.Type, package.Name, package.Version).ShouldBe((type, name, version));
    }

    [Fact]
    public async Task The_CycloneDX_document_is_valid_by_the_official_schema()
    {
        var schemas = await CycloneDxSchemas.FetchAsync();
        if (schemas is null) Assert.Skip("the schemas are an npm package, @cyclonedx/cyclonedx-library, which cannot be had here");
        var document = _folder.Below("bom.json");
        await File.WriteAllBytesAsync(document, Write("cyclonedx", Example()), TestContext.Current.CancellationToken);
        var judged = RealTool.Run("/usr/bin/python3", "-c", """
            import json, sys, pathlib, jsonschema
            folder = pathlib.Path(sys.argv[1])
            store = {}
            for f in folder.glob('*.schema.json'):
                s = json.loads(f.read_text())
                store[s['$id']] = s
                store['http://cyclonedx.org/schema/' + f.name] = s
                store['http://cyclonedx.org/schema/' + f.name.replace('.SNAPSHOT', '')] = s
            schema = json.loads((folder / 'bom-1.6.SNAPSHOT.schema.json').read_text())
            validator = jsonschema.Draft7Validator(schema, resolver=jsonschema.RefResolver(schema['$id'], schema, store=store))
            faults = [e.message[:300] for e in validator.iter_errors(json.loads(pathlib.Path(sys.argv[2]).read_text()))]
            print('\n'.join(faults)); sys.exit(bool(faults))
            """, schemas, document);
        judged.ExitCode.ShouldBe(0, judged.Output + judged.Error);
    }

    [Fact]
    public async Task The_SPDX_document_has_what_the_specification_allows()
    {
        var (schema, document) = (_folder.Below("schema.json"), _folder.Below("bom.spdx.json"));
        await File.WriteAllTextAsync(schema, SpdxRules.Schema, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(document, Write("spdx", Example()), TestContext.Current.CancellationToken);
        var judged = RealTool.Run("/usr/bin/python3", "-c", """
            import json, sys, pathlib, jsonschema
            schema, document = (json.loads(pathlib.Path(p).read_text()) for p in sys.argv[1:])
            faults = [f'{list(e.absolute_path)}: {e.message[:300]}' for e in jsonschema.Draft7Validator(schema).iter_errors(document)]
            ids = [p['SPDXID'] for p in document['packages']] + [document['SPDXID']]
            faults += [f'{i} is twice' for i in set(ids) if ids.count(i) > 1]
            faults += [f'{r} names what is not there' for r in document['relationships'] if not {r['spdxElementId'], r['relatedSpdxElement']} <= set(ids)]
            print('\n'.join(faults)); sys.exit(bool(faults))
            """, schema, document);
        judged.ExitCode.ShouldBe(0, judged.Output + judged.Error);
    }

    private static ImagePackages Example()
    {
        var origin = new LayerOrigin { Layer = 2, DiffId = Digest.Of("layer"u8), Instruction = "RUN apt-get install -y \"curl\"; by hand" };
        return new ImagePackages
        {
            Distribution = new Distribution { Id = "debian", VersionId = "12", PrettyName = "Debian GNU/Linux 12 (bookworm)", Codename = "bookworm" },
            Base = new BaseImage { Name = "debian:12", Digest = Digest.Of("base"u8), Layers = 3 },
            Packages =
            [
                Simple("curl") with
                {
                    Version = "1:7.88.1-10+deb12u8", Architecture = "amd64", SourceName = "curl", SourceVersion = "7.88.1-10+deb12u8",
                    Purl = "pkg:deb/debian/curl@1%3A7.88.1-10%2Bdeb12u8?arch=amd64&distro=debian-12",
                    Licenses = ["curl", "public domain, more or less"], IntroducedBy = origin, LastTouchedBy = origin with { Layer = 3 },
                },
                Simple("@scope/name") with { Type = "npm", Version = "1.0.0", Purl = "pkg:npm/%40scope/name@1.0.0", Licenses = ["MIT OR Apache-2.0"], IntroducedBy = origin, AlsoAt = ["a/package.json", "b; c/package.json"] },
                Simple("org.example:lib") with { Type = "maven", Version = "2", Purl = "pkg:maven/org.example/lib@2", Licenses = ["MIT", "Apache-2.0"], AlsoAt = ["other.jar"] },
                Simple("unlicensed"),
            ],
        };
    }

    private static Package Simple(string name) => new() { Name = name, Version = "1", Type = "deb", Purl = $"pkg:deb/debian/{name}@1", Location = "var/lib/dpkg/status" };

    private static byte[] Write(string format, ImagePackages packages)
    {
        using var stream = new MemoryStream();
        if (format == "spdx") SpdxWriter.Write(stream, Subject, packages);
        else CycloneDxWriter.Write(stream, Subject, packages);
        return stream.ToArray();
    }

    private ImagePackages Read(byte[] document)
    {
        var path = _folder.Below("document.json");
        File.WriteAllBytes(path, document);
        return SbomReader.Read(path);
    }

    private static string Json(IReadOnlyList<Package> packages) => JsonSerializer.Serialize(packages);
}
