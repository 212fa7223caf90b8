using System.Text;

namespace Strata.Layers.Tar;

/// <summary>
/// Paths are bytes on Linux and text here. Bytes that are no UTF-8 become lone surrogates U+DC80 to U+DCFF, one a byte, so that two
/// different names never become one.
/// </summary>
public static class PathText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes) || System.Text.Unicode.Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        Span<char> chars = stackalloc char[2];
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == System.Buffers.OperationStatus.Done)
            {
                text.Append(chars[..rune.EncodeToUtf16(chars)]);
            }
            else
            {
                used = 1;
                text.Append((char)(0xDC00 + bytes[0]));
            }
            bytes = bytes[used..];
        }
        return text.ToString();
    }

    /// <summary>Room that <see cref="Encode(string, Span{byte})"/> is sure to find enough.</summary>
    public static int MaxBytes(string text) => text.Length * 3;

    /// <returns>How many bytes were written.</returns>
    public static int Encode(string text, Span<byte> bytes)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uDC80', '\uDCFF')) return Strict.GetBytes(text, bytes);
        var encoded = Encode(text);
        encoded.CopyTo(bytes);
        return encoded.Length;
    }

    public static byte[] Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uDC80', '\uDCFF')) return Strict.GetBytes(text);
        using var bytes = new MemoryStream(text.Length);
        Span<byte> buffer = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.Write(buffer[..rune.EncodeToUtf8(buffer)]);
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                bytes.WriteByte((byte)(text[i] - 0xDC00));
            }
        }
        return bytes.ToArray();
    }
}
