using System.Text.Json;
using Strata.Testing;
using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

public sealed class NpmTests
{
    [Theory]
    [InlineData("node_modules/a/package.json", true)]
    [InlineData("app/node_modules/@s/a/package.json", true)]
    [InlineData("app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json", true)]
    [InlineData("app/node_modules/a/node_modules/b/package.json", true)]
    [InlineData("opt/yarn-v1.22.19/package.json", true)]
    [InlineData("my_node_modules/a/b/package.json", true)]
    [InlineData("node_modules/a/test/fixtures/b/package.json", false)]
    [InlineData("node_modules/@s/package.json", false)]
    [InlineData("node_modules/a/dist/package.json", false)]
    [InlineData("node_modules/package.json", false)]
    [InlineData("app/package.json.bak", false)]
    [InlineData("app/node_modules/a/package-lock.json", false)]
    public void What_is_a_package_of_its_own_counts(string path, bool wanted) => IsWanted(path).ShouldBe(wanted);

    [Theory]
    [InlineData("""{"name": "a", "version": "1.0.0", "license": "MIT"}""", "MIT")]
    [InlineData("""{"name": "a", "version": "1.0.0", "license": {"type": "MIT", "url": "x"}}""", "MIT")]
    [InlineData("""{"name": "a", "version": "1.0.0", "licenses": [{"type": "MIT"}, {"type": "ISC"}]}""", "MIT ISC")]
    [InlineData("""{"name": "a", "version": "1.0.0", "license": ["MIT", 7]}""", "MIT")]
    [InlineData("""{"name": "a", "version": "1.0.0"}""", "")]
    public void Licences_are_read_in_every_form(string text, string licenses) =>
        string.Join(' ', Single("package.json", text).Licenses ?? []).ShouldBe(licenses);

    [Fact]
    public void A_byte_order_mark_does_no_harm() =>
        Purls("package.json", "\uFEFF{\"name\": \"@Scope/A\", \"version\": \"1.0.0\"}").ShouldBe(["pkg:npm/%40scope/a@1.0.0"]);

    [Theory]
    [InlineData("""{"name": "a"}""")]
    [InlineData("""{"version": "1.0.0"}""")]
    [InlineData("""{"name": 1, "version": ["x"]}""")]
    [InlineData("""["name", "version"]""")]
    public void What_has_no_name_or_no_version_is_no_package(string text) => Purls("package.json", text).ShouldBeEmpty();

    [Theory]
    [InlineData("lock1/package-lock.json", false)]
    [InlineData("lock2/package-lock.json", true)]
    [InlineData("lock3/package-lock.json", true)]
    [InlineData("yarn1/yarn.lock", false)]
    [InlineData("yarn4/yarn.lock", false)]
    [InlineData("pnpm7/pnpm-lock.yaml", false)]
    [InlineData("pnpm8/pnpm-lock.yaml", false)]
    [InlineData("pnpm9/pnpm-lock.yaml", false)]
    public void A_lock_file_has_what_npm_ls_says(string lockFile, bool hasProject)
    {
        using var json = JsonDocument.Parse(Fixture("npm/npm-ls.json"));
        var expected = InstalledPackages(json.RootElement).ToHashSet(StringComparer.Ordinal);
        if (hasProject) expected.Add("pkg:npm/sample-app@1.0.0");
        // What npm calls by its alias.
        expected.Remove("pkg:npm/old-ms@2.0.0").ShouldBeTrue();
        expected.Add("pkg:npm/ms@2.0.0");
        Purls(lockFile, Fixture($"npm/{lockFile}")).ShouldBe(expected.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_npm_itself_is_made_of_is_what_npm_ls_says()
    {
        RealTool.Require("npm", "npm");
        var root = RealTool.Output("npm", "root", "-g").Trim();
        var folder = Path.Combine(root, "npm");
        if (!File.Exists(Path.Combine(folder, "node_modules", "semver", "package.json"))) Assert.Skip($"npm is not in {folder} with all its parts");
        using var json = JsonDocument.Parse(RealTool.Run("npm", "ls", "--all", "--json", "--prefix", folder).Output);
        var expected = InstalledPackages(json.RootElement).ToHashSet(StringComparer.Ordinal);
        expected.Add($"pkg:npm/npm@{json.RootElement.GetProperty("version").GetString()}");
        expected.Count.ShouldBeGreaterThan(50);
        var found = FolderCatalog.Read(folder, TestContext.Current.CancellationToken);
        found.Faults.ShouldBeEmpty();
        found.Packages.Where(p => p.Type == "npm").Select(p => p.Purl).Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Aliases_links_and_folders_of_a_lock_are_what_they_are() => Purls("package-lock.json", """
        {"lockfileVersion": 3, "packages": {
          "": {"name": "app", "version": "1.0.0"},
          "packages/one": {"name": "@app/one", "version": "0.1.0"},
          "node_modules/@app/one": {"resolved": "packages/one", "link": true},
          "node_modules/alias": {"name": "real", "version": "2.0.0"},
          "node_modules/a/node_modules/@s/b": {"version": "3.0.0", "dev": true}}}
        """).ShouldBe(["pkg:npm/%40app/one@0.1.0", "pkg:npm/%40s/b@3.0.0", "pkg:npm/app@1.0.0", "pkg:npm/real@2.0.0"]);

    [Fact]
    public void Folders_of_a_yarn_project_have_no_version_of_their_own() => Purls("yarn.lock", """
        __metadata:
          version: 8

        "app@workspace:.":
          version: 0.0.0-use.local
          resolution: "app@workspace:."
          languageName: unknown
          linkType: soft

        ? "long-key@npm:^1.0.0, long-key@npm:^1.1.0"
        :
          version: 1.1.0
          resolution: "long-key@npm:1.1.0"
          languageName: node
          linkType: hard

        "alias@npm:real@^1.0.0":
          version: 1.2.0
          resolution: "real@npm:1.2.0"
          linkType: hard

        "fsevents@patch:fsevents@npm%3A^2.3.2#optional!builtin<compat/fsevents>":
          version: 2.3.2
          resolution: "fsevents@patch:fsevents@npm%3A2.3.2#optional!builtin<compat/fsevents>::version=2.3.2&hash=df0bf1"
          conditions: os=darwin
          linkType: hard
        """).ShouldBe(["pkg:npm/fsevents@2.3.2", "pkg:npm/long-key@1.1.0", "pkg:npm/real@1.2.0"]);

    [Fact]
    public void Packages_of_pnpm_that_are_of_no_registry_say_what_they_are() => Purls("pnpm-lock.yaml", """
        lockfileVersion: 5.3
        packages:
          /a/1.0.0_react@17.0.2+x@1.0.0: {resolution: {integrity: sha512-x}}
          /@s/b/2.0.0:
            resolution: {integrity: sha512-y}
          registry.example/c/3.0.0:
            resolution: {integrity: sha512-z}
          github.com/u/r/0123456789abcdef:
            resolution: {tarball: https://example/x}
            name: from-git
            version: 4.0.0
            dev: true
        """).ShouldBe(["pkg:npm/%40s/b@2.0.0", "pkg:npm/a@1.0.0", "pkg:npm/c@3.0.0", "pkg:npm/from-git@4.0.0"]);

    [Fact]
    public void Peers_are_no_part_of_a_version() => Purls("pnpm-lock.yaml", """
        lockfileVersion: '6.0'
        packages:
          /a@1.0.0(react@17.0.2)(@x/y@1.0.0):
            resolution: {integrity: sha512-x}
          '@y.example/b@https://y.example/b.tgz':
            resolution: {tarball: https://y.example/b.tgz}
            version: 2.0.0
        """).ShouldBe(["pkg:npm/%40y.example/b@2.0.0", "pkg:npm/a@1.0.0"]);

    [Fact]
    public void Bun_writes_JSON_with_commas_at_the_end() => Purls("bun.lock", """
        {"lockfileVersion": 1, "packages": {
          "a": ["a@1.0.0", "", {}, "sha512-x"],
          "b/a": ["@s/a@2.0.0", "", {}, "sha512-y"],
          "w": ["w@workspace:packages/w"],
        },}
        """).ShouldBe(["pkg:npm/%40s/a@2.0.0", "pkg:npm/a@1.0.0"]);

    [Fact]
    public void Lock_files_count_in_folders_and_not_in_images()
    {
        Layers.Image(Layers.Catalog(Layers.Text("app/package-lock.json", Fixture("npm/lock3/package-lock.json")))).Packages.ShouldBeEmpty();
        Layers.Image(Layers.Catalog(Layers.Text("app/package.json", """{"name": "a", "version": "1.0.0"}""")))
            .Packages.ShouldHaveSingleItem().Purl.ShouldBe("pkg:npm/a@1.0.0");
    }

    private static IEnumerable<string> InstalledPackages(JsonElement package)
    {
        if (!package.TryGetProperty("dependencies", out var dependencies)) yield break;
        foreach (var dependency in dependencies.EnumerateObject())
        {
            // An optional one that was not installed has no version.
            if (dependency.Value.TryGetProperty("version", out var version))
                yield return $"pkg:npm/{dependency.Name.Replace("@", "%40", StringComparison.Ordinal)}@{version.GetString()!.Replace("+", "%2B", StringComparison.Ordinal)}";
            foreach (var below in InstalledPackages(dependency.Value)) yield return below;
        }
    }
}
