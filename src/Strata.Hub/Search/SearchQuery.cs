using Strata.Oci;

namespace Strata.Hub;

/// <summary>What somebody looks for: words, the first of which may be a name with a tag.</summary>
internal sealed record SearchQuery
{
    private const int MostWords = 8;

    /// <summary>The whole query without tag, lower case; empty lists everything.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The tag of <c>name:tag</c>, or null.</summary>
    public string? Tag { get; init; }

    public static SearchQuery Parse(string? text)
    {
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length > 256) trimmed = trimmed[..256];
        string? tag = null;
        var at = trimmed.IndexOf("@sha", StringComparison.Ordinal);
        if (at > 0) trimmed = trimmed[..at];
        // 'python:3.11' means the repository python, and that this tag is wanted.
        var colon = trimmed.LastIndexOf(':');
        if (colon > 0 && ReferenceGrammar.IsTag(trimmed.AsSpan(colon + 1))) (trimmed, tag) = (trimmed[..colon], trimmed[(colon + 1)..]);
        var name = trimmed.TrimEnd(':').ToLowerInvariant();
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new SearchQuery { Name = string.Join(' ', words), Words = words.Length > MostWords ? words[..MostWords] : words, Tag = tag };
    }
}
