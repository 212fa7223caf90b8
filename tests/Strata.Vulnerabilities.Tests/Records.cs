using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Vulnerabilities.Tests;

/// <summary>OSV records and package lists as the tests write them.</summary>
internal static class Records
{
    /// <param name="events">As in the schema: <c>introduced 0, fixed 1.2</c>.</param>
    public static JsonObject Advisory(string id, string name, string events, string ecosystem = "Debian:12", string modified = "2026-01-01T00:00:00Z") => new()
    {
        ["id"] = id,
        ["modified"] = modified,
        ["affected"] = new JsonArray(Affected(name, events, ecosystem)),
    };

    public static JsonObject Affected(string name, string events, string ecosystem = "Debian:12") => new()
    {
        ["package"] = new JsonObject { ["ecosystem"] = ecosystem, ["name"] = name },
        ["ranges"] = new JsonArray(new JsonObject { ["type"] = "ECOSYSTEM", ["events"] = Events(events) }),
    };

    public static JsonArray Events(string events) =>
    [
        .. events.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Trim().Split(' '))
            .Select(e => new JsonObject { [e[0]] = e[1] }),
    ];

    public static string Lines(params IEnumerable<JsonNode> records) => string.Concat(records.Select(r => r.ToJsonString(JsonSerializerOptions.Default) + "\n"));

    public static Packages.Package Deb(string name, string version, string? source = null, string? sourceVersion = null) => new()
    {
        Name = name,
        Version = version,
        Type = "deb",
        Architecture = "amd64",
        SourceName = source ?? name,
        SourceVersion = sourceVersion ?? version,
        Purl = $"pkg:deb/debian/{name}@{version}",
        Location = "var/lib/dpkg/status",
    };

    public static Packages.Package Package(string type, string name, string version, string? source = null, string? sourceVersion = null) => new()
    {
        Name = name,
        Version = version,
        Type = type,
        SourceName = source,
        SourceVersion = sourceVersion,
        Purl = $"pkg:{type}/{name}@{version}",
        Location = "somewhere",
    };

    public static Packages.ImagePackages Image(params IReadOnlyList<Packages.Package> packages) => new()
    {
        Distribution = new Packages.Distributions.Distribution { Id = "debian", VersionId = "12" },
        Packages = packages,
    };
}
