using System.Text.Json;

namespace Strata.Build.Dockerfiles;

/// <summary>The exec form of an instruction: a JSON list of words.</summary>
internal static class JsonList
{
    /// <returns>Null for what is no valid JSON list of words.</returns>
    /// <param name="hasOthers">It is a valid list, and has something else than words in it.</param>
    public static IReadOnlyList<string>? TryParse(string text, out bool hasOthers)
    {
        hasOthers = false;
        if (!text.AsSpan().TrimStart().StartsWith("[")) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            hasOthers = document.RootElement.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String);
            return hasOthers ? null : [.. document.RootElement.EnumerateArray().Select(e => e.GetString()!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // BuildKit takes it for words, too, and so do many Dockerfiles that meant something else.
            return null;
        }
    }
}
