namespace Strata.Packages.Catalogers.Java;

/// <summary>
/// Which packages an archive is, and which were put into it. What Maven says is sure; where it says nothing of the archive itself, its
/// name and its manifest have to do.
/// </summary>
internal static class JarPackages
{
    private static readonly string[] Versions = ["Plugin-Version", "Implementation-Version", "Bundle-Version", "Specification-Version"];
    private static readonly string[] Titles = ["Short-Name", "Name", "Implementation-Title", "Extension-Name", "Specification-Title", "Bundle-Name"];

    public static void Add(JarName file, JarContents contents, PackageList found)
    {
        var poms = contents.Poms;
        foreach (var pom in poms)
        {
            var group = pom.HasGroup ? pom.Group : MavenGroups.Of(pom.Artifact, contents.Manifest);
            Add(found, group, pom.Artifact, pom.Version);
        }

        if (poms.Any(p => IsItself(p, file, contents.Manifest, isOnly: poms.Count == 1))) return;
        var artifact = Artifact(file, contents.Manifest);
        Add(found, MavenGroups.Of(artifact, contents.Manifest), artifact, file.Version.Length > 0 ? file.Version : First(contents.Manifest, Versions));
    }

    /// <summary>Whether what Maven says is of the archive, and not of something in it. The name of a file may have been changed.</summary>
    private static bool IsItself(MavenName pom, JarName file, Manifest? manifest, bool isOnly)
    {
        if (isOnly && (file.Version.Length == 0 || file.Version == pom.Version)) return true;
        if (Fits(pom.Artifact, file.Artifact)) return true;
        if (file.Version.Length == 0 && First(manifest, Versions) == pom.Version) return true;
        return Titles.Any(t => manifest?[t] == pom.Artifact) || manifest?["Bundle-SymbolicName"] is { } symbolic && symbolic.Split(';')[0].EndsWith(pom.Artifact, StringComparison.Ordinal);
    }

    private static bool Fits(string artifact, string file) =>
        file.Length > 0 && (artifact.StartsWith(file, StringComparison.OrdinalIgnoreCase) || file.EndsWith(artifact, StringComparison.OrdinalIgnoreCase)
            || file.StartsWith(artifact + "-", StringComparison.OrdinalIgnoreCase));

    private static string Artifact(JarName file, Manifest? manifest)
    {
        if (file.Version.Length > 0) return file.Artifact;
        return Titles.Select(t => manifest?[t]).FirstOrDefault(t => t is not null && !t.Contains(' ')) ?? file.Artifact;
    }

    private static string? First(Manifest? manifest, string[] fields) => fields.Select(f => manifest?[f]).FirstOrDefault(v => v is not null);

    private static void Add(PackageList found, string group, string artifact, string? version) =>
        found.Add("maven", artifact.Length == 0 ? null : $"{group}:{artifact}", version?.Split(' ')[0]);
}
