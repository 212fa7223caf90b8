namespace Strata.Packages.Catalogers.Java;

/// <summary>pom.properties, which Maven puts into each archive. java.util.Properties, "load".</summary>
internal static class MavenProperties
{
    public static MavenName Parse(string text)
    {
        var (group, artifact, version) = ("", "", "");
        foreach (var line in text.Split('\n'))
        {
            var at = line.AsSpan().IndexOfAny('=', ':');
            if (at < 0 || line[0] is '#' or '!') continue;
            var value = line[(at + 1)..].Trim();
            switch (line[..at].Trim())
            {
                case "groupId": group = value; break;
                case "artifactId": artifact = value; break;
                case "version": version = value; break;
            }
        }

        return new MavenName(group, artifact, version);
    }
}
