using System.Text;
using System.Text.Json;
using Strata.Oci;
using Strata.Packages.Catalogers;
using Strata.Packages.Formats.CycloneDx;

namespace Strata.Packages.Formats.Attached;

/// <summary>
/// Reads what people attach to images: documents as such, in-toto statements about them as BuildKit stores them, and those in DSSE envelopes
/// and sigstore bundles as cosign does.
/// </summary>
public static class AttachedSbomReader
{
    /// <summary>Wrappers within wrappers; real ones have two.</summary>
    private const int MostWrappers = 4;

    /// <param name="content">What was attached.</param>
    /// <param name="subjects">The image, and the index that it is in: a statement must be about one of them.</param>
    /// <returns>Null when it is a statement of something else, such as how an image was built.</returns>
    /// <exception cref="InvalidDataException">It is damaged, of a form that is not known, or about another image; the message says which.</exception>
    public static AttachedSbom? Read(ReadOnlyMemory<byte> content, IReadOnlyCollection<Digest> subjects)
    {
        var signed = false;
        for (var depth = 0; depth < MostWrappers; depth++)
        {
            using var json = Parse(content);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new InvalidDataException("it is JSON, and no object");
            if (root.At("dsseEnvelope") is { ValueKind: JsonValueKind.Object } envelope)
            {
                content = Encoding.UTF8.GetBytes(envelope.GetRawText());
            }
            else if (root.Text("payload") is { } payload)
            {
                signed = root.At("signatures").Items.Any();
                content = Decode(payload);
            }
            else if (root.Text("predicateType") is { } type)
            {
                if (!SbomTypes.IsPredicate(type)) return null;
                CheckSubject(root, subjects);
                content = Predicate(root);
            }
            else
            {
                return Document(content, root) with { IsSigned = signed };
            }
        }
        throw new InvalidDataException($"it is wrapped more than {MostWrappers} times");
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"it is no JSON: {e.Message}", e);
        }
    }

    private static byte[] Decode(string payload)
    {
        try
        {
            return Convert.FromBase64String(payload);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException("its envelope has a payload that is not Base64", e);
        }
    }

    /// <summary>in-toto attestation framework, "Statement": by digest. A statement without subjects is of what it is attached to.</summary>
    private static void CheckSubject(JsonElement statement, IReadOnlyCollection<Digest> subjects)
    {
        var named = statement.At("subject").Items.Select(s => s.At("digest").Text("sha256")).ToArray();
        if (named.Length > 0 && !subjects.Any(s => named.Contains(s.Hex, StringComparer.OrdinalIgnoreCase))) throw new InvalidDataException("it is a statement about another image");
    }

    /// <summary>Early versions of cosign put the document into a string, or into the member Data of an object.</summary>
    private static byte[] Predicate(JsonElement statement)
    {
        var predicate = statement.At("predicate");
        if (predicate.At("Data") is { ValueKind: not JsonValueKind.Undefined } data) predicate = data;
        if (predicate.ValueKind == JsonValueKind.Undefined) throw new InvalidDataException("it is a statement without a predicate");
        return Encoding.UTF8.GetBytes(predicate.ValueKind == JsonValueKind.String ? predicate.GetString()! : predicate.GetRawText());
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
