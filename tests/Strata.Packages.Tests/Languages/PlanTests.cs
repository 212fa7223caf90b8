using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

/// <summary>What projects say they are to be built with, in folders.</summary>
public sealed class PlanTests
{
    [Fact]
    public void What_a_Go_module_requires_is_read_with_its_replacements() => Purls("src/go.mod", """
        module example.com/app // the app

        go 1.22
        toolchain go1.22.5

        require github.com/one/line v1.0.0
        require (
        	github.com/direct/dep v0.1.2
        	github.com/other/dep/v2 v2.3.4-0.20230101000000-0123456789ab // indirect
        	"example.com/quoted" v1.1.1
        	example.com/local v0.0.0
        	example.com/pinned v1.0.0
        	example.com/unpinned v1.0.1
        )
        exclude github.com/direct/dep v0.1.1
        retract v1.0.5
        replace (
        	github.com/direct/dep => github.com/fork/dep v0.1.3
        	example.com/local => ../local
        	example.com/pinned v1.0.0 => example.com/pinned v1.0.9
        )
        replace example.com/unpinned v1.0.0 => example.com/unpinned v9.9.9
        """).ShouldBe(
        [
            "pkg:golang/example.com/local@v0.0.0", "pkg:golang/example.com/pinned@v1.0.9", "pkg:golang/example.com/quoted@v1.1.1", "pkg:golang/example.com/unpinned@v1.0.1",
            "pkg:golang/github.com/fork/dep@v0.1.3", "pkg:golang/github.com/one/line@v1.0.0", "pkg:golang/github.com/other/dep/v2@v2.3.4-0.20230101000000-0123456789ab",
        ]);

    [Theory]
    [InlineData("root/go/pkg/mod/example.com/a@v1.0.0/go.mod")]
    [InlineData("src/vendor/example.com/a/go.mod")]
    [InlineData("META-INF/maven/g/a/pom.xml")]
    [InlineData("some.lockfile")]
    public void What_is_of_no_project_is_left_alone(string path) => IsWanted(path).ShouldBeFalse();

    [Fact]
    public void A_folder_whose_name_only_ends_so_is_a_project() => IsWanted("src/myvendor/go.mod").ShouldBeTrue();

    [Theory]
    [InlineData("gradle.lockfile")]
    [InlineData("app/buildscript-gradle.lockfile")]
    [InlineData("gradle/dependency-locks/compileClasspath.lockfile")]
    public void The_locks_of_Gradle_are_read(string path) => Purls(path, """
        # This is a Gradle generated file for dependency locking.
        # Manual edits can break the build and are not advised.
        org.springframework:spring-core:5.3.23=compileClasspath,runtimeClasspath
        com.example:old-form:1.0
        empty=annotationProcessor
        """).ShouldBe(["pkg:maven/com.example/old-form@1.0", "pkg:maven/org.springframework/spring-core@5.3.23"]);

    [Fact]
    public void The_lock_of_sbt_is_read() => Purls("build.sbt.lock", """
        {"lockVersion": 1, "dependencies": [{"org": "org.scala-lang", "name": "scala-library", "version": "2.13.12", "artifacts": [], "configurations": ["compile"]}]}
        """).ShouldBe(["pkg:maven/org.scala-lang/scala-library@2.13.12"]);

    [Fact]
    public void Versions_of_a_pom_are_those_that_it_says_itself() => Purls("pom.xml", """
        <?xml version="1.0"?>
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <parent><groupId>org.parent</groupId><artifactId>parent</artifactId><version>3.1</version></parent>
          <artifactId>app</artifactId>
          <properties><jackson>2.15.0</jackson><jackson.databind>${jackson}.1</jackson.databind><loop>${loop}</loop></properties>
          <dependencyManagement><dependencies>
            <dependency><groupId>org.managed</groupId><artifactId>one</artifactId><version>1.2</version></dependency>
            <dependency><groupId>org.unused</groupId><artifactId>bom</artifactId><version>9</version></dependency>
          </dependencies></dependencyManagement>
          <dependencies>
            <dependency><groupId>com.fasterxml</groupId><artifactId>databind</artifactId><version>${jackson.databind}</version></dependency>
            <dependency><groupId>${project.groupId}</groupId><artifactId>sibling</artifactId><version>${project.version}</version></dependency>
            <dependency><groupId>org.managed</groupId><artifactId>one</artifactId></dependency>
            <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency>
            <dependency><groupId>a</groupId><artifactId>range</artifactId><version>[1,2)</version></dependency>
            <dependency><groupId>a</groupId><artifactId>inherited</artifactId></dependency>
            <dependency><groupId>a</groupId><artifactId>loop</artifactId><version>${loop}</version></dependency>
          </dependencies>
        </project>
        """).ShouldBe(["pkg:maven/com.fasterxml/databind@2.15.0.1", "pkg:maven/junit/junit@4.13.2", "pkg:maven/org.managed/one@1.2", "pkg:maven/org.parent/sibling@3.1"]);

    [Fact]
    public void The_lock_of_R_is_read() => Purls("renv.lock", """
        {"R": {"Version": "4.3.1"}, "Packages": {"DBI": {"Package": "DBI", "Version": "1.1.3", "Source": "Repository"}, "mine": {"Version": "0.1"}}}
        """).ShouldBe(["pkg:cran/DBI@1.1.3", "pkg:cran/mine@0.1"]);

    [Theory]
    [InlineData("""{"version": "4", "npm": {"chalk@5.3.0": {"integrity": "x"}, "@scope/a@1.0.0_react@18.2.0": {}}}""")]
    [InlineData("""{"version": "3", "packages": {"npm": {"chalk@5.3.0": {}, "@scope/a@1.0.0_react@18.2.0": {}}}}""")]
    [InlineData("""{"version": "2", "npm": {"specifiers": {"chalk": "chalk@5.3.0"}, "packages": {"chalk@5.3.0": {}, "@scope/a@1.0.0_react@18.2.0": {}}}}""")]
    public void The_lock_of_Deno_is_read(string text) => Purls("deno.lock", text).ShouldBe(["pkg:npm/%40scope/a@1.0.0", "pkg:npm/chalk@5.3.0"]);

    [Fact]
    public void Central_package_versions_of_NuGet_are_read() => Purls("Directory.Packages.props", """
        <Project>
          <ItemGroup>
            <PackageVersion Include="Serilog" Version="3.1.1" />
            <PackageVersion Include="FromProperty" Version="$(Other)" />
            <PackageVersion Include="Floating" Version="1.*" />
            <GlobalPackageReference Include="Analyzer" Version="2.0.0" />
          </ItemGroup>
        </Project>
        """).ShouldBe(["pkg:nuget/Analyzer@2.0.0", "pkg:nuget/Serilog@3.1.1"]);
}
