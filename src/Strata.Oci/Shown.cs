namespace Strata.Oci;

/// <summary>Untrusted text as an error message may show it: one line, no control characters, not endless.</summary>
internal static class Shown
{
    private const int Most = 120;

    public static string Text(ReadOnlySpan<char> text)
    {
        var cut = text.Length > Most ? text[..Most] : text;
        return string.Create(cut.Length + (cut.Length < text.Length ? 1 : 0), cut, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++) span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
            if (span.Length > source.Length) span[^1] = '…';
        });
    }
}
