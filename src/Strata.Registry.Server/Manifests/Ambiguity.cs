using System.Text.Json;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// A document that is an image to one reader and an index to another would be checked as the one and run as the other (CVE-2021-41190). What
/// has members of both is neither.
/// </summary>
internal static class Ambiguity
{
    private static readonly string[] OfIndex = ["manifests"];
    private static readonly string[] OfImage = ["config", "layers"];
    private static readonly string[] OfSchema1 = ["fsLayers", "history"];

    /// <exception cref="DocumentException">It has a member that only the other kind has.</exception>
    public static void Refuse(ReadOnlySpan<byte> json, bool isIndex)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            foreach (var name in isIndex ? OfImage : OfIndex)
                if (reader.ValueTextEquals(name)) throw new DocumentException($"{(isIndex ? "an index" : "an image manifest")} may not have '{name}': it could be taken for the other");
            foreach (var name in OfSchema1)
                if (reader.ValueTextEquals(name)) throw new DocumentException($"a manifest may not have '{name}': it could be taken for one of schema 1");
            reader.Skip();
        }
    }
}
