using Strata.Packages.Catalogers.Go;

namespace Strata.Packages.Tests.Programs;

public sealed class GoTests
{
    /// <summary>ELF of both byte orders, PE and Mach-O; with pointers (Go 1.15 and 1.17) and without.</summary>
    [Theory]
    [InlineData("esbuild-linux-64-0.8.0", "(devel)")]
    [InlineData("esbuild-linux-64-0.14.0", "(devel)")]
    [InlineData("esbuild-linux-mips64le-0.14.0", "(devel)")]
    [InlineData("esbuild-linux-s390x-0.14.38", "v0.0.0-20220421221521-e7a9572063b5")]
    [InlineData("esbuild-linux-x64-0.25.0", "v0.0.0-20250208030126-e9174d671b18")]
    [InlineData("esbuild-darwin-arm64-0.19.0", "v0.0.0-20230808155055-c337498cdad8")]
    [InlineData("esbuild-win32-x64-0.25.0", "v0.0.0-20250208030126-e9174d671b18")]
    [InlineData("replaced", "v3.4.5")]
    public void A_program_has_the_modules_that_go_version_says(string program, string mainVersion)
    {
        var said = File.ReadAllLines(Files.Fixture($"go/{program}.txt"));
        Files.Packages("usr/local/bin/program", Files.Unpacked($"go/{program}.gz")).ShouldBe(Expected(said, mainVersion));
    }

    [Fact]
    public void Modules_are_those_that_took_the_place_of_others() =>
        Files.Packages("app", Files.Unpacked("go/replaced.gz")).ShouldBe(
        [
            "golang example.org/app v3.4.5", "golang example.org/fork/old v1.1.9", "golang example.org/local v1.2.0", "golang example.org/plain v1.0.0",
            "golang stdlib 1.19.8",
        ]);

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Pointers_are_followed_in_either_width_and_byte_order(bool isWide, bool isBigEndian)
    {
        const string Modules = "path\texample.org/a\nmod\texample.org/a\tv1.2.3\th1:x=\ndep\texample.org/b\tv0.1.0\th1:y=\n";
        Files.Packages("bin/a", GoProgram.WithPointers("go1.13.4", Modules, isWide, isBigEndian))
            .ShouldBe(["golang example.org/a v1.2.3", "golang example.org/b v0.1.0", "golang stdlib 1.13.4"]);
    }

    [Theory]
    [InlineData("go1.21.5", "1.21.5")]
    [InlineData("go1.22.1 X:boringcrypto", "1.22.1")]
    [InlineData("go1.23rc1", "1.23rc1")]
    [InlineData("devel go1.22-fa4f951026 Thu Oct 5 12:00:00 2023 +0000", "1.22-fa4f951026")]
    public void The_standard_library_has_the_version_of_go(string version, string expected) =>
        Files.Packages("bin/a", GoProgram.Inline(version, "")).ShouldBe([$"golang stdlib {expected}"]);

    [Theory]
    [InlineData("-s -w -X=foo=bar -X='github.com/a/b/pkg/version/app.ver=v0.50.1'", "v0.50.1")]
    [InlineData("-X \"github.com/a/b/pkg/version.Version=0.50.1\"", "v0.50.1")]
    [InlineData("-X main.version=1.2.3-rc.1+meta", "v1.2.3-rc.1+meta")]
    [InlineData("-X github.com/a/b/cmd/any.Ver=0.50.0 -X github.com/a/b/pkg/version.Ver=0.50.1", "v0.50.0")]
    [InlineData("-X github.com/a/b/pkg/any.Ver=0.50.0 -X github.com/a/b/pkg/common.Ver=0.50.1", "v0.50.1")]
    [InlineData("-X k8s.io/x/version.gitVersion=v1.28.1 -X k8s.io/y/version.gitVersion=v1.28.1", "v1.28.1")]
    [InlineData("-X github.com/a/b/pkg/common.Ver=0.50.0 -X github.com/a/b/pkg/main.Ver=0.50.1", null)]
    [InlineData("-X github.com/a/b/common.kubectlVersion=v0.26.11", null)]
    [InlineData("-X main.version=unknown -X main.ver=", null)]
    [InlineData("-X", null)]
    [InlineData("", null)]
    public void The_linker_was_told_one_version_or_none(string flags, string? version) => LinkerFlags.Version("github.com/a/b", flags).ShouldBe(version);

    [Fact]
    public void Text_beyond_measure_is_a_fault()
    {
        var program = GoProgram.Inline("go1.21.5", "");
        var at = program.AsSpan().IndexOf("go1.21.5"u8) - 1;
        ((byte[])[0xff, 0xff, 0xff, 0x7f]).CopyTo(program, at);
        var (document, faults) = Files.Read("bin/a", program);
        document.ShouldNotBeNull().Packages.ShouldBeEmpty();
        faults.ShouldHaveSingleItem();
    }

    private static string[] Expected(string[] said, string mainVersion)
    {
        var expected = new List<string> { $"golang stdlib {said[0][2..]}" };
        foreach (var line in said.Skip(1).Select(l => l.Split('\t', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (line is ["mod", var path, ..]) expected.Add($"golang {path} {mainVersion}");
            else if (line is ["dep", var module, var version, ..]) expected.Add($"golang {module} {version}");
            else if (line is ["=>", var by, var as_, ..] && !by.StartsWith('.')) expected[^1] = $"golang {by} {as_}";
        }

        return [.. expected.Order(StringComparer.Ordinal)];
    }
}
