using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Packages.Catalogers.Debian;

/// <summary>The fields of one paragraph that matter here. deb822(5): names are matched without case, continuation lines begin with a blank.</summary>
internal sealed class Stanza
{
    public string? Package { get; private set; }

    public string? Status { get; private set; }

    public string? Version { get; private set; }

    public string? Architecture { get; private set; }

    public string? Source { get; private set; }

    public int BadLines { get; private set; }

    /// <summary>The first 64 bits of the SHA-256 of the whole paragraph.</summary>
    public ulong Fingerprint { get; private init; }

    public static Stanza Parse(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.TrimEnd(" \t\r\n"u8), hash);
        var stanza = new Stanza { Fingerprint = BinaryPrimitives.ReadUInt64BigEndian(hash) };
        var inField = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd(" \t\r"u8);
            if (line.IsEmpty || line[0] == '#') continue;
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                // None of the fields that matter may be folded, so the text of a continuation is not needed.
                if (!inField) stanza.BadLines++;
                continue;
            }

            inField = stanza.TakeField(line);
            if (!inField) stanza.BadLines++;
        }

        return stanza;
    }

    private bool TakeField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 1 || line[..colon].ContainsAny(" \t"u8)) return false;
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (Is(name, "Package"u8)) Package ??= Text(value);
        else if (Is(name, "Status"u8)) Status ??= Text(value);
        else if (Is(name, "Version"u8)) Version ??= Text(value);
        else if (Is(name, "Architecture"u8)) Architecture ??= Text(value);
        else if (Is(name, "Source"u8)) Source ??= Text(value);
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> field) => Ascii.EqualsIgnoreCase(name, field);

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);
}
