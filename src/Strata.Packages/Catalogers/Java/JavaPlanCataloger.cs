namespace Strata.Packages.Catalogers.Java;

/// <summary>What a project is to be built with: the lock files of Gradle and sbt, and the dependencies in Maven's pom.xml.</summary>
internal sealed class JavaPlanCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    // The pom.xml below META-INF is of an archive that was unpacked: what it needs is there or is not.
    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "pom.xml" when !file.Path.Contains("META-INF/maven/", StringComparison.Ordinal) => MavenProject.Read,
        "build.sbt.lock" => ReadSbt,
        var name when name.EndsWith(".lockfile", StringComparison.Ordinal) && IsGradle(file) => ReadGradle,
        _ => null,
    };

    private static bool IsGradle(FileCandidate file) =>
        file.Name is "gradle.lockfile" or "buildscript-gradle.lockfile" or "settings-gradle.lockfile" || file.Path.Contains("gradle/dependency-locks/", StringComparison.Ordinal);

    /// <summary><c>GROUP:ARTIFACT:VERSION=CONFIGURATIONS</c>. docs.gradle.org, "Locking Versions".</summary>
    private static void ReadGradle(DocumentText document, PackageList found)
    {
        foreach (var line in document.Lines)
        {
            if (line.Split('=')[0].Trim().Split(':') is [[not '#', ..] group, var artifact, var version]) found.Add("maven", $"{group}:{artifact}", version);
        }
    }

    private static void ReadSbt(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        foreach (var package in json.RootElement.At("dependencies").Items)
        {
            if (package.Text("org") is { Length: > 0 } group && package.Text("name") is { Length: > 0 } artifact) found.Add("maven", $"{group}:{artifact}", package.Text("version"));
        }
    }
}
