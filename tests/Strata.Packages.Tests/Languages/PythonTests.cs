using System.IO.Compression;
using System.Text;
using Strata.Testing;
using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

public sealed class PythonTests
{
    [Fact]
    public void Debian_s_modules_are_what_Python_says()
    {
        const string Python = "/usr/bin/python3";
        const string Folder = "/usr/lib/python3/dist-packages";
        if (!File.Exists(Python) || !Directory.Exists(Folder)) Assert.Skip("python3 is not installed; apt-get install python3");
        const string Code = $"import importlib.metadata as m\nfor d in m.distributions(path=['{Folder}']): print(d.metadata['Name'], d.version)";
        var expected = RealTool.Output(Python, "-c", Code).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToArray();
        if (expected.Length == 0) Assert.Skip($"no module in {Folder} has metadata");
        var found = FolderCatalog.Read(Folder, TestContext.Current.CancellationToken);
        found.Faults.ShouldBeEmpty();
        found.Packages.Where(p => p.Type == "pypi").Select(p => $"{p.Name} {p.Version}").Order(StringComparer.OrdinalIgnoreCase).ShouldBe(expected);
    }

    [Theory]
    [InlineData("site-packages/x-1.dist-info/METADATA", true)]
    [InlineData("site-packages/x-1.egg-info/PKG-INFO", true)]
    [InlineData("site-packages/x-1.egg-info", true)]
    [InlineData("site-packages/x-1-py3.9.egg/EGG-INFO/PKG-INFO", true)]
    [InlineData("x-1.0/PKG-INFO", false)]
    [InlineData("share/METADATA", false)]
    public void Metadata_is_where_installers_put_it(string path, bool wanted) => IsWanted(path).ShouldBe(wanted);

    [Theory]
    [InlineData("License-Expression: MIT\nLicense: other\nClassifier: License :: OSI Approved :: BSD License\n", "MIT")]
    [InlineData("License: Apache 2.0\nClassifier: License :: OSI Approved :: Apache Software License\n", "Apache 2.0")]
    [InlineData("License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License\nClassifier: Topic :: Software\n", "MIT License")]
    [InlineData("", "")]
    public void Licences_are_taken_from_where_they_are_most_exact(string fields, string license)
    {
        var package = Single("a.dist-info/METADATA", $"Metadata-Version: 2.1\r\nName: Some_Name\r\nVersion: 1.0+local\r\n{fields}\nVersion: 9\n");
        (package.Name, package.Version).ShouldBe(("Some_Name", "1.0+local"));
        string.Join(", ", package.Licenses ?? []).ShouldBe(license);
        PackageUrl.Of(package, distribution: null).ShouldBe("pkg:pypi/some-name@1.0%2Blocal");
    }

    [Fact]
    public void Wheels_and_eggs_have_their_metadata_inside()
    {
        Read("x-1-py3.egg", Zip("EGG-INFO/PKG-INFO", "Name: x\nVersion: 1\n")).Document!.Packages[0].Name.ShouldBe("x");
        Read("y-2-py3-none-any.whl", Zip("y-2.dist-info/METADATA", "Name: y\nVersion: 2\n")).Document!.Packages[0].Version.ShouldBe("2");
        Read("z-2-py3-none-any.whl", Encoding.UTF8.GetBytes("no zip, but longer than the end of one would be")).Faults.ShouldHaveSingleItem();
    }

    [Fact]
    public void Only_what_is_pinned_counts() => Purls("dev-requirements.txt", """
        # a comment==1.0
        Flask==2.0.1
        requests[security,socks] == 2.31.0 ; python_version >= "3.8"
        pinned==1.0 --hash=sha256:aaaa \
            --hash=sha256:bbbb
        next==1.0 \
            --hash=sha256:cccc
        exact===1.0.post1 # why
        ranged>=1.0
        both>=1.0,==1.5
        two==1.0,!=1.1
        wild==1.*
        -r other.txt
        url @ https://example/x.zip
        --index-url=https://example==1
        """).ShouldBe(["pkg:pypi/exact@1.0.post1", "pkg:pypi/flask@2.0.1", "pkg:pypi/next@1.0", "pkg:pypi/pinned@1.0", "pkg:pypi/requests@2.31.0"]);

    [Theory]
    [InlineData("poetry.lock")]
    [InlineData("uv.lock")]
    [InlineData("pdm.lock")]
    public void Lock_files_in_TOML_are_read(string name) => Purls(name, """"
        version = 1

        [[package]]
        name = "PyYAML"
        version = "6.0"
        description = """
        version = "9"
        [[package]]
        """
        source = { registry = "https://example" }
        dependencies = [
            { name = "other", version = "7" },
        ]

        [package.dependencies]
        name = "8"

        [[package]]
        name = 'literal'
        version = '1.0' # why
        files = [{file = "x", hash = "sha256:1"}]

        [[package]]
        name = "dynamic"
        source = { editable = "." }

        [metadata]
        name = "none"
        version = "1"
        """").ShouldBe(["pkg:pypi/literal@1.0", "pkg:pypi/pyyaml@6.0"]);

    [Fact]
    public void The_lock_of_PEP_751_is_read() =>
        Purls("pylock.toml", "lock-version = \"1.0\"\n[[packages]]\nname = \"attrs\"\nversion = \"25.1.0\"\n").ShouldBe(["pkg:pypi/attrs@25.1.0"]);

    [Fact]
    public void Pipenv_has_groups() => Purls("Pipfile.lock", """
        {"_meta": {"hash": {"sha256": "x"}, "sources": []},
         "default": {"click": {"hashes": [], "version": "==8.1.0"}, "local": {"path": "."}},
         "develop": {"pytest": {"version": "==7.0"}}}
        """).ShouldBe(["pkg:pypi/click@8.1.0", "pkg:pypi/pytest@7.0"]);

    [Fact]
    public void One_module_that_is_spelled_in_two_ways_is_one()
    {
        var root = Directory.CreateTempSubdirectory("strata-python-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "x.dist-info"));
            File.WriteAllText(Path.Combine(root, "x.dist-info", "METADATA"), "Name: Some.Name\nVersion: 1\n");
            File.WriteAllText(Path.Combine(root, "requirements.txt"), "some_name==1\n");
            FolderCatalog.Read(root, TestContext.Current.CancellationToken).Packages.ShouldHaveSingleItem();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static byte[] Zip(string path, string text)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry(path).Open())
            entry.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }
}
