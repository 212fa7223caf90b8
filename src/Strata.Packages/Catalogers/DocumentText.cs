using System.Text;
using System.Text.Json;

namespace Strata.Packages.Catalogers;

/// <summary>A document that is there as a whole, as whoever reads it likes it.</summary>
internal readonly struct DocumentText(string path, FileContent content)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Relative to the root.</summary>
    public string Path { get; } = path;

    /// <summary>Without a byte order mark. It is valid while the document is read.</summary>
    public ReadOnlyMemory<byte> Bytes => content.Whole.Span.StartsWith("\uFEFF"u8) ? content.Whole[3..] : content.Whole;

    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The lines without their ends.</summary>
    public IEnumerable<string> Lines => Text.Split('\n').Select(l => l.TrimEnd('\r'));

    public JsonDocument Json => JsonDocument.Parse(Bytes);

    /// <summary>JSON with comments and trailing commas, as some tools write it.</summary>
    public JsonDocument LenientJson => JsonDocument.Parse(Bytes, Lenient);

    public Stream OpenRead() => content.OpenRead();
}
