using System.Globalization;
using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>A chunk's Content-Range, <c>first-last</c>, both inclusive. Distribution spec, "Pushing a blob in chunks"; not RFC 9110's.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContentRange(long First, long Last)
{
    public long Length => Last - First + 1;

    public static bool TryParse(ReadOnlySpan<char> text, out ContentRange range)
    {
        range = default;
        // Some clients write it as HTTP does.
        if (text.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase)) text = text["bytes ".Length..];
        var slash = text.IndexOf('/');
        if (slash >= 0) text = text[..slash];
        var dash = text.IndexOf('-');
        if (dash <= 0
            || !long.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !long.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || last < first || last == long.MaxValue) return false;
        range = new ContentRange(first, last);
        return true;
    }
}
