using System.Text;
using System.Text.Json;
using Strata.Packages.Facts;
using Strata.Packages.Tests.Programs;
using Strata.Testing;

namespace Strata.Packages.Tests.DotNet;

public sealed class DotNetTests
{
    private const string Deps = """
        {
          "runtimeTarget": { "name": ".NETCoreApp,Version=v9.0/linux-x64", "signature": "" },
          "targets": {
            ".NETCoreApp,Version=v9.0": {},
            ".NETCoreApp,Version=v9.0/linux-x64": {
              "App/1.0.0": { "dependencies": { "Newtonsoft.Json": "13.0.3", "All": "2.0.0" }, "runtime": { "App.dll": {} } },
              "Newtonsoft.Json/13.0.3": { "runtime": { "lib/net6.0/Newtonsoft.Json.dll": { "assemblyVersion": "13.0.0.0" } } },
              "All/2.0.0": { "dependencies": { "Part": "2.0.1" } },
              "Part/2.0.1": { "dependencies": { "All": "2.0.0" }, "native": { "runtimes/linux-x64/native/libpart.so": {} } },
              "Microsoft.NETCore.Platforms/1.1.0": {},
              "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/9.0.1": { "runtime": { "System.Runtime.dll": {} } }
            }
          },
          "libraries": {
            "App/1.0.0": { "type": "project", "serviceable": false },
            "Newtonsoft.Json/13.0.3": { "type": "package" },
            "All/2.0.0": { "type": "package" },
            "Part/2.0.1": { "type": "package" },
            "Microsoft.NETCore.Platforms/1.1.0": { "type": "package" },
            "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/9.0.1": { "type": "runtimepack" },
            "Unknown/1.2.3": { "type": "package" }
          }
        }
        """;

    [Fact]
    public void Packages_of_which_something_is_loaded_are_there_and_the_runtime_that_the_application_brings() =>
        Files.Packages("app/App.deps.json", Encoding.UTF8.GetBytes(Deps)).ShouldBe(
        [
            "nuget All 2.0.0", "nuget Microsoft.NETCore.App.Runtime.linux-x64 9.0.1", "nuget Newtonsoft.Json 13.0.3", "nuget Part 2.0.1", "nuget Unknown 1.2.3",
        ]);

    [Fact]
    public void Without_a_target_that_fits_all_libraries_are_there()
    {
        const string Json = """{"runtimeTarget":{"name":"none"},"targets":{},"libraries":{"A/1.0.0":{"type":"package"},"NoVersion":{"type":"package"}}}""";
        var (document, faults) = Files.Read("App.deps.json", Encoding.UTF8.GetBytes(Json));
        document.ShouldNotBeNull().Packages.ShouldHaveSingleItem().Name.ShouldBe("A");
        faults.ShouldHaveSingleItem().Reason.ShouldContain("'NoVersion'");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"libraries\":[1],\"targets\":3,\"runtimeTarget\":null}")]
    public void What_is_no_such_document_is_no_crash(string text) => (Files.Read("a.deps.json", Encoding.UTF8.GetBytes(text)).Document?.Packages.Count ?? 0).ShouldBe(0);

    [Fact]
    public void The_shared_framework_of_this_machine_is_the_one_that_runs_these_tests()
    {
        var file = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "Microsoft.NETCore.App.deps.json");
        if (!File.Exists(file)) Assert.Skip($"there is no shared framework: {file}");
        var packages = Files.Packages("usr/share/dotnet/shared/Microsoft.NETCore.App/x/Microsoft.NETCore.App.deps.json", File.ReadAllBytes(file));
        packages.ShouldHaveSingleItem().ShouldMatch($"^nuget Microsoft\\.NETCore\\.App\\.Runtime\\.[a-z0-9-]+ {Environment.Version}$");
    }

    /// <summary>These tests are a published application of .NET with many packages: the SDK wrote which.</summary>
    [Fact]
    public void These_tests_have_the_packages_that_the_sdk_wrote()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Strata.Packages.Tests.deps.json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var target = json.RootElement.GetProperty("targets").EnumerateObject().Single().Value;
        var loaded = target.EnumerateObject().Where(l => l.Value.TryGetProperty("runtime", out _) || l.Value.TryGetProperty("runtimeTargets", out _)).Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        var expected = json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(l => l.Value.GetProperty("type").GetString() == "package" && loaded.Contains(l.Name)).Select(l => $"nuget {l.Name.Replace('/', ' ')}").ToArray();
        expected.ShouldContain(p => p.StartsWith("nuget Shouldly ", StringComparison.Ordinal));
        var found = Files.Packages("app/Strata.Packages.Tests.deps.json", File.ReadAllBytes(file));
        expected.Except(found).ShouldBeEmpty();
        // What else is there are packages that are but lists of others.
        found.Except(expected).All(p => target.GetProperty(p[6..].Replace(' ', '/')).TryGetProperty("dependencies", out _)).ShouldBeTrue();
    }

    [Fact]
    public void An_assembly_that_no_document_names_says_its_own_version_and_the_others_are_not_counted_twice()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["Shouldly.dll", "CsCheck.dll"]) Copy(name, folder.Folder("app"));
        FolderCatalog.Read(folder.Path, TestContext.Current.CancellationToken).Packages.Select(p => p.Name).ShouldBe(["CsCheck", "Shouldly"]);

        Copy("Strata.Packages.Tests.deps.json", folder.Folder("app"));
        var found = FolderCatalog.Read(folder.Path, TestContext.Current.CancellationToken);
        found.Packages.Where(p => p.Name is "Shouldly" or "CsCheck").Select(p => p.Location).ShouldAllBe(l => l == "app/Strata.Packages.Tests.deps.json");
        found.Packages.Select(p => p.Purl).ShouldBeUnique();
    }

    [Fact]
    public void Lock_files_say_what_was_resolved_for_every_framework()
    {
        const string Lock = """
            {"version":1,"dependencies":{"net8.0":{"A":{"type":"Direct","requested":"[1.0.0, )","resolved":"1.0.1"},"B":{"type":"Transitive","resolved":"2.0.0"},
            "mine":{"type":"Project"}},"net9.0":{"B":{"type":"Transitive","resolved":"2.0.1"}}}}
            """;
        Files.Packages("src/packages.lock.json", Encoding.UTF8.GetBytes(Lock)).ShouldBe(["nuget A 1.0.1", "nuget B 2.0.0", "nuget B 2.0.1"]);
        const string Config = """<?xml version="1.0"?><packages><package id="A" version="1.0"/><package id="T" version="2" developmentDependency="true"/></packages>""";
        Files.Packages("src/packages.config", Encoding.UTF8.GetBytes(Config)).ShouldBe(["nuget A 1.0"]);
        const string Cargo = "version = 3\n\n[[package]]\nname = \"libc\"\nversion = \"0.2.1\"\ndependencies = [\n \"x\",\n]\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n\n[metadata]\nname = \"no\"\nversion = \"9\"\n";
        Files.Packages("src/Cargo.lock", Encoding.UTF8.GetBytes(Cargo)).ShouldBe(["cargo libc 0.2.1", "cargo own 0.1.0"]);
    }

    [Fact]
    public void A_merged_usr_is_one_folder_for_the_lists_of_packages()
    {
        PathHash.Of("usr/bin/bash").ShouldBe(PathHash.Of("bin/bash"));
        PathHash.Of("usr/lib/x.so").ShouldBe(PathHash.Of("lib/x.so"));
        PathHash.Of("usr/share/bin/x").ShouldNotBe(PathHash.Of("share/bin/x"));
    }

    private static void Copy(string name, string folder) => File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(folder, name));
}
