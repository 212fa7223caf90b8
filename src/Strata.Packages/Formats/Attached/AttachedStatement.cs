using System.Text;
using System.Text.Json;
using Strata.Oci;
using Strata.Packages.Catalogers;

namespace Strata.Packages.Formats.Attached;

/// <summary>
/// What people attach to images: documents as such, in-toto statements about them as BuildKit stores them, and those in DSSE envelopes
/// and sigstore bundles as cosign does.
/// </summary>
/// <param name="Content">The document, out of whatever it was wrapped in.</param>
/// <param name="IsSigned">It was in an envelope with a signature. Whose, and whether it is right, was not asked.</param>
public sealed record AttachedStatement(ReadOnlyMemory<byte> Content, bool IsSigned)
{
    /// <summary>Wrappers within wrappers; real ones have two.</summary>
    private const int MostWrappers = 4;

    /// <param name="content">What was attached.</param>
    /// <param name="subjects">The image, and the index that it is in: a statement must be about one of them.</param>
    /// <param name="isWanted">Asked with the type of a statement's predicate.</param>
    /// <returns>Null when it is a statement of something else.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or about another image; the message says which.</exception>
    public static AttachedStatement? Unwrap(ReadOnlyMemory<byte> content, IReadOnlyCollection<Digest> subjects, Func<string, bool> isWanted)
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
                if (!isWanted(type)) return null;
                CheckSubject(root, subjects);
                content = Predicate(root);
            }
            else
            {
                return new AttachedStatement(content, signed);
            }
        }
        throw new InvalidDataException($"it is wrapped more than {MostWrappers} times");
    }

    internal static JsonDocument Parse(ReadOnlyMemory<byte> content)
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
}
