using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strata.Packages.Formats;

/// <summary>How documents are written, whatever their format.</summary>
internal static class DocumentJson
{
    // It is JSON and nothing else: escaping it for HTML would only make it hard to read.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter Open(Stream stream) => new(stream, Options);
}
