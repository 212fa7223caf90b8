using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Build.Graph;
using Strata.Oci;

namespace Strata.Build.Attestations;

/// <summary>How an image was built, as a statement of in-toto: SLSA provenance, version 1.</summary>
internal static class Provenance
{
    public const string StatementType = "application/vnd.in-toto+json";
    public const string PredicateType = "https://slsa.dev/provenance/v1";
    private const string BuildType = "https://strata.dev/provenance/dockerfile@v1";

    /// <param name="image">Its manifest.</param>
    public static byte[] Statement(BuildSession session, Digest image, Platform platform, DateTimeOffset started, DateTimeOffset ended)
    {
        var statement = new JsonObject
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["subject"] = new JsonArray([.. Subjects(session, image)]),
            ["predicateType"] = PredicateType,
            ["predicate"] = new JsonObject
            {
                ["buildDefinition"] = new JsonObject
                {
                    ["buildType"] = BuildType,
                    ["externalParameters"] = Parameters(session, platform),
                    ["resolvedDependencies"] = new JsonArray([.. session.Materials.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => Material(m.Key, m.Value))]),
                },
                ["runDetails"] = new JsonObject
                {
                    ["builder"] = new JsonObject { ["id"] = "https://strata.dev/builder" },
                    ["metadata"] = new JsonObject { ["startedOn"] = Text(started), ["finishedOn"] = Text(ended) },
                },
            },
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes)) statement.WriteTo(writer);
        return bytes.ToArray();
    }

    private static IEnumerable<JsonObject> Subjects(BuildSession session, Digest image)
    {
        var names = session.Options.Names.Select(n => n.Familiar).DefaultIfEmpty("image");
        return names.Select(n => new JsonObject { ["name"] = n, ["digest"] = new JsonObject { ["sha256"] = image.Hex } });
    }

    /// <summary>Values of arguments may be anybody's secret: they are there only where all was asked for.</summary>
    private static JsonObject Parameters(BuildSession session, Platform platform)
    {
        var options = session.Options;
        var parameters = new JsonObject
        {
            ["dockerfile"] = new JsonObject { ["path"] = session.Dockerfile.Source.Name, ["sha256"] = Digest.Of(System.Text.Encoding.UTF8.GetBytes(string.Concat(session.Dockerfile.Source.Lines))).Hex },
            ["target"] = options.Target,
            ["platform"] = platform.ToString(),
        };
        if (options.Provenance != ProvenanceMode.Max) return parameters;
        parameters["arguments"] = new JsonObject(options.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
        parameters["labels"] = new JsonObject(options.Labels.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
        parameters["secrets"] = new JsonArray([.. options.Secrets.Keys.Order(StringComparer.Ordinal).Select(k => (JsonNode)k)]);
        parameters["steps"] = new JsonArray([.. session.Steps.Steps.Select(s => (JsonNode)s.Name)]);
        return parameters;
    }

    private static JsonObject Material(string uri, string digest)
    {
        var material = new JsonObject { ["uri"] = uri };
        var colon = digest.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0) material["digest"] = new JsonObject { [digest[..colon]] = digest[(colon + 1)..] };
        return material;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
