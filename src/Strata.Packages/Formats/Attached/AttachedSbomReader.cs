using System.Text.Json;
using Strata.Oci;
using Strata.Packages.Catalogers;
using Strata.Packages.Formats.CycloneDx;

namespace Strata.Packages.Formats.Attached;

/// <summary>Reads bills of materials that people attach to images, wrapped or not.</summary>
public static class AttachedSbomReader
{
    /// <param name="content">What was attached.</param>
    /// <param name="subjects">The image, and the index that it is in: a statement must be about one of them.</param>
    /// <returns>Null when it is a statement of something else, such as how an image was built.</returns>
    /// <exception cref="InvalidDataException">It is damaged, of a form that is not known, or about another image; the message says which.</exception>
    public static AttachedSbom? Read(ReadOnlyMemory<byte> content, IReadOnlyCollection<Digest> subjects)
    {
        if (AttachedStatement.Unwrap(content, subjects, SbomTypes.IsPredicate) is not { } statement) return null;
        using var json = AttachedStatement.Parse(statement.Content);
        return Document(statement.Content, json.RootElement) with { IsSigned = statement.IsSigned };
    }

    private static AttachedSbom Document(ReadOnlyMemory<byte> content, JsonElement root)
    {
        var packages = SbomReader.Read(root);
        return CycloneDxReader.Recognizes(root)
            ? new AttachedSbom
            {
                Format = "cyclonedx",
                FormatVersion = root.Text("specVersion"),
                Tool = CycloneDxTool(root.At("metadata").At("tools")),
                Created = root.At("metadata").Text("timestamp"),
                Document = content,
                Packages = packages,
            }
            : new AttachedSbom
            {
                Format = "spdx",
                FormatVersion = root.Text("spdxVersion")!["SPDX-".Length..],
                Tool = SpdxTool(root.At("creationInfo").At("creators")),
                Created = root.At("creationInfo").Text("created"),
                Document = content,
                Packages = packages,
            };
    }

    /// <summary>A list of components since 1.5, a list of tools before.</summary>
    private static string? CycloneDxTool(JsonElement tools)
    {
        var first = (tools.ValueKind == JsonValueKind.Object ? tools.At("components") : tools).Items.FirstOrDefault();
        return first.Text("name") is { } name ? $"{name} {first.Text("version")}".TrimEnd() : null;
    }

    private static string? SpdxTool(JsonElement creators)
    {
        const string Prefix = "Tool: ";
        return creators.Items.Select(c => c.AsText).OfType<string>().FirstOrDefault(t => t.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];
    }
}
