using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Build;

namespace Strata.Cli.Commands;

/// <summary>What <c>--metadata-file</c> says, with buildx's names.</summary>
internal static class BuildMetadata
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static string Of(BuiltImage image)
    {
        var document = new JsonObject
        {
            ["containerimage.config.digest"] = image.Id.ToString(),
            ["containerimage.digest"] = image.Digest.ToString(),
            ["image.name"] = string.Join(',', image.Names.Select(n => n.ToString())),
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented)) document.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
