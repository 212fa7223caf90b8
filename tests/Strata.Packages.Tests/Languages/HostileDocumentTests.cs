using System.Text;
using CsCheck;
using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

/// <summary>No document, however bad, throws or keeps its reader for ever.</summary>
public sealed class HostileDocumentTests
{
    private static readonly string[] Paths =
    [
        "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "x.dist-info/METADATA", "x.egg", "x.whl", "requirements.txt", "poetry.lock",
        "pylock.toml", "Pipfile.lock", "specifications/x.gemspec", "Gemfile.lock", "composer/installed.json", "a/.registry/x.reg", "composer.lock", "conaninfo.txt", "conan.lock",
        "conanfile.txt", "conda-meta/x.json", "DESCRIPTION", "x.rockspec", "pubspec.lock", "mix.lock", "rebar.lock", "Package.resolved", "Podfile.lock", "stack.yaml.lock",
        "stack.yaml", "cabal.project.freeze", "bom.json", "x.spdx",
        "go.mod", "pom.xml", "gradle.lockfile", "build.sbt.lock", "renv.lock", "deno.lock", "Directory.Packages.props",
    ];

    /// <summary>Pieces that the forms are made of, so that chance gets far into them.</summary>
    private static readonly string[] Pieces =
    [
        "\n", "  ", "    ", "{", "}", "[", "]", "\"", "'", ":", ": ", "- ", "? ", ",", "=", "==", "@", "/", "#", " (", ")", "..", "\\", "\0", "\uFEFF", "é", "|", "name", "version", "1.0",
        "packages", "dependencies", "[[package]]", "\"\"\"", "\"name\": ", "\"version\": ", "\"packages\": ", "\"components\": ", "\"purl\": \"pkg:npm/a@1\"", "__metadata:", "\n  specs:\n",
        "lockfileVersion: 6.0\npackages:\n", "PODS:\n", "local a = \"b\"", "package = a", "# stub: a 1 ruby lib\n", "s.name = ", "{:hex, :a, \"1\"", "{<<\"a\">>,{pkg,<<\"", "[full_requires]\n",
        "s:4:\"name\";s:1:\"", "SPDXVersion: x\n", "ExternalRef: x purl pkg:", "bomFormat", "Name: a\n", "Version: 1\n",
        "require (\n", "replace a => ", "<project>", "<dependencies><dependency>", "<version>${version}</version>", "a:b:1=c\n", "<PackageVersion Include=",
    ];

    [Fact]
    public void Random_bytes_are_survived() =>
        Gen.Select(OneOf(Paths), Gen.Byte.Array[0, 200]).Sample((path, bytes) => Read(path, bytes), iter: 5_000);

    [Fact]
    public void Random_pieces_of_the_forms_are_survived() =>
        Gen.Select(OneOf(Paths), OneOf(Pieces).Array[0, 40]).Sample((path, pieces) => Read(path, Encoding.UTF8.GetBytes(string.Concat(pieces))), iter: 20_000);

    [Theory]
    [InlineData("npm/lock2/package-lock.json")]
    [InlineData("npm/lock1/package-lock.json")]
    [InlineData("npm/yarn1/yarn.lock")]
    [InlineData("npm/yarn4/yarn.lock")]
    [InlineData("npm/pnpm7/pnpm-lock.yaml")]
    [InlineData("npm/pnpm9/pnpm-lock.yaml")]
    public void Cut_files_are_survived(string fixture)
    {
        var whole = Encoding.UTF8.GetBytes(Fixture(fixture));
        Gen.Int[0, whole.Length].Sample(length => Read(fixture, whole[..length]), iter: 200);
    }

    [Fact]
    public void JSON_that_is_too_deep_is_a_fault() =>
        Read("package-lock.json", Encoding.UTF8.GetBytes(new string('[', 100_000))).Faults.ShouldHaveSingleItem();

    [Fact]
    public void Long_lines_take_no_longer_than_long_files()
    {
        foreach (var path in Paths)
        {
            foreach (var piece in new[] { " ", "a", "\"", "'", "[", "{", "==", "s:4:\"name\";s:", "{:hex,", "any.a", "a.", "a, ", "\\", "\"\"\"" })
                Read(path, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length))));
        }
    }

    [Theory]
    [InlineData(Catalogers.PackageList.LongestField, 1)]
    [InlineData(Catalogers.PackageList.LongestField + 1, 0)]
    public void Names_are_not_longer_than_any_real_one(int length, int packages)
    {
        var (document, faults) = Read("package.json", Encoding.UTF8.GetBytes($$"""{"name": "{{new string('a', length)}}", "version": "1"}"""));
        document!.Packages.Count.ShouldBe(packages);
        faults.Count.ShouldBe(1 - packages);
    }

    private static Gen<string> OneOf(string[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);
}
