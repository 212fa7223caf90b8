using System.Globalization;
using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

internal enum RangeKind
{
    /// <summary>No range, or one that is to be ignored: the whole content is the answer. RFC 9110, section 14.2.</summary>
    Whole,
    Part,

    /// <summary>Nothing of the content is in the range: 416.</summary>
    Unsatisfiable,
}

/// <summary>What a Range header asks of content of a known size. RFC 9110, section 14.1.2; one range only.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteRange(RangeKind Kind, long Offset, long Length)
{
    public static ByteRange Parse(string? header, long size)
    {
        var whole = new ByteRange(RangeKind.Whole, 0, size);
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return whole;
        var spec = header.AsSpan("bytes=".Length).Trim();
        var dash = spec.IndexOf('-');
        // Several ranges need not be honoured, and what is no range is no reason to refuse the content.
        if (dash < 0 || spec.Contains(',')) return whole;
        var first = spec[..dash].Trim();
        var last = spec[(dash + 1)..].Trim();
        if (first.IsEmpty)
        {
            if (!TryNumber(last, out var tail)) return whole;
            return tail == 0 || size == 0 ? Nothing : new ByteRange(RangeKind.Part, Math.Max(0, size - tail), Math.Min(tail, size));
        }
        if (!TryNumber(first, out var from)) return whole;
        var to = size - 1;
        if (!last.IsEmpty)
        {
            if (!TryNumber(last, out var given)) return whole;
            if (given < from) return Nothing;
            to = Math.Min(given, to);
        }
        return from >= size ? Nothing : new ByteRange(RangeKind.Part, from, to - from + 1);
    }

    private static ByteRange Nothing => new(RangeKind.Unsatisfiable, 0, 0);

    // A number past the largest long is past the end of anything.
    private static bool TryNumber(ReadOnlySpan<char> text, out long value)
    {
        value = long.MaxValue;
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9')) return false;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)) value = parsed;
        return true;
    }
}
