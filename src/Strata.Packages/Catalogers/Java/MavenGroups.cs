namespace Strata.Packages.Catalogers.Java;

/// <summary>The group of an artifact that no document of Maven names.</summary>
internal static class MavenGroups
{
    private static readonly string[] Fields =
        ["Group-Id", "Implementation-Vendor-Id", "Bundle-SymbolicName", "Extension-Name", "Automatic-Module-Name", "Specification-Vendor", "Implementation-Vendor", "Implementation-Title", "Bundle-Activator", "Main-Class"];

    private static readonly string[] Domains = ["com", "org", "net", "io", "edu", "gov", "de", "fr", "uk", "ru", "cn", "jp", "ch", "eu", "nl", "it", "cz", "tech", "dev", "me", "info", "javax", "jakarta"];

    /// <summary>Families whose archives often lack what Maven would say, with the longest beginning of their names first.</summary>
    private static readonly (string Start, string Group)[] Families =
    [
        ("spring-security-", "org.springframework.security"), ("spring-boot", "org.springframework.boot"), ("spring-data-", "org.springframework.data"),
        ("spring-cloud-", "org.springframework.cloud"), ("spring-batch-", "org.springframework.batch"), ("spring-integration-", "org.springframework.integration"),
        ("spring-kafka", "org.springframework.kafka"), ("spring-session-", "org.springframework.session"), ("spring-ws-", "org.springframework.ws"),
        ("spring-", "org.springframework"), ("log4j-", "org.apache.logging.log4j"), ("slf4j-", "org.slf4j"), ("logback-", "ch.qos.logback"), ("netty-", "io.netty"),
        ("tomcat-embed-", "org.apache.tomcat.embed"), ("tomcat-", "org.apache.tomcat"), ("lucene-", "org.apache.lucene"), ("hadoop-", "org.apache.hadoop"),
        ("struts2-", "org.apache.struts"), ("bcprov-", "org.bouncycastle"), ("bcpkix-", "org.bouncycastle"), ("bcpg-", "org.bouncycastle"), ("jetty-", "org.eclipse.jetty"),
        ("maven-", "org.apache.maven"), ("kotlin-", "org.jetbrains.kotlin"), ("guava", "com.google.guava"), ("elasticsearch", "org.elasticsearch"),
    ];

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["ant"] = "org.apache.ant",
        ["gson"] = "com.google.code.gson",
        ["h2"] = "com.h2database",
        ["httpclient"] = "org.apache.httpcomponents",
        ["httpcore"] = "org.apache.httpcomponents",
        ["jackson-annotations"] = "com.fasterxml.jackson.core",
        ["jackson-core"] = "com.fasterxml.jackson.core",
        ["jackson-databind"] = "com.fasterxml.jackson.core",
        ["kafka-clients"] = "org.apache.kafka",
        ["mysql-connector-j"] = "com.mysql",
        ["mysql-connector-java"] = "mysql",
        ["ojdbc8"] = "com.oracle.database.jdbc",
        ["postgresql"] = "org.postgresql",
        ["shiro-core"] = "org.apache.shiro",
        ["snakeyaml"] = "org.yaml",
        ["xstream"] = "com.thoughtworks.xstream",
        ["zookeeper"] = "org.apache.zookeeper",
        ["commons-compress"] = "org.apache.commons",
        ["commons-csv"] = "org.apache.commons",
        ["commons-lang3"] = "org.apache.commons",
        ["commons-collections4"] = "org.apache.commons",
        ["commons-text"] = "org.apache.commons",
        ["commons-math3"] = "org.apache.commons",
        ["commons-pool2"] = "org.apache.commons",
        ["commons-dbcp2"] = "org.apache.commons",
        ["commons-exec"] = "org.apache.commons",
        ["commons-email"] = "org.apache.commons",
        ["commons-configuration2"] = "org.apache.commons",
    };

    /// <summary>The artifact itself where nothing says more: so do the oldest of them, such as <c>junit:junit</c> and <c>commons-io:commons-io</c>.</summary>
    public static string Of(string artifact, Manifest? manifest)
    {
        if (Known.TryGetValue(artifact, out var known)) return known;
        foreach (var (start, group) in Families)
            if (artifact.StartsWith(start, StringComparison.Ordinal)) return group;
        if (artifact.StartsWith("commons-", StringComparison.Ordinal)) return artifact;
        foreach (var field in Fields)
            if (manifest?[field] is { } value && FromDomain(value, artifact) is { } named) return named;
        return artifact;
    }

    /// <summary>A name that begins as domains do from behind; without its last part where that is the artifact again.</summary>
    private static string? FromDomain(string value, string artifact)
    {
        var name = value.Split(';', '#', ',')[0].Trim();
        var parts = name.Split('.');
        if (parts.Length < 2 || !Domains.Contains(parts[0]) || name.AsSpan().ContainsAny(' ', '/', ':')) return null;
        if (name.EndsWith("." + artifact, StringComparison.OrdinalIgnoreCase)) return name[..^(artifact.Length + 1)];
        var isArtifact = artifact.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase) || parts[^1].Contains('-');
        return parts.Length > 2 && isArtifact ? string.Join('.', parts[..^1]) : name;
    }
}
