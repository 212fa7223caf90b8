using System.Text;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Debian;

/// <summary>
/// The licences that a copyright file names: those of its License fields when it is machine-readable (DEP-5, "copyright-format/1.0"),
/// else the texts in <c>/usr/share/common-licenses</c> that it refers to. They are given in the file's own words, in its order.
/// </summary>
internal sealed class CopyrightReader(string path, string owner) : LineReader(path, LongestLine, MostBytes)
{
    private const int LongestLine = 4 * 1024;
    private const long MostBytes = 16L * 1024 * 1024;

    /// <summary>Licences of one package; chromium's has some 60.</summary>
    private const int MostLicenses = 256;

    private readonly List<string> _fields = [];
    private readonly List<string> _references = [];
    private bool _isLooked;
    private bool _isMachineReadable;

    private static ReadOnlySpan<byte> CommonLicenses => "/usr/share/common-licenses/"u8;

    protected override void Line(ReadOnlySpan<byte> line, bool isCut)
    {
        if (!_isLooked && !line.Trim(" \t"u8).IsEmpty)
        {
            _isLooked = true;
            // Files from before the format had its number begin with Format-Specification.
            _isMachineReadable = Begins(line, "Format:"u8) || Begins(line, "Format-Specification:"u8);
        }
        if (Begins(line, "License:"u8)) Keep(_fields, line["License:".Length..]);
        for (int at; (at = line.IndexOf(CommonLicenses)) >= 0;)
        {
            line = line[(at + CommonLicenses.Length)..];
            Keep(_references, NameAt(line));
        }
    }

    protected override PackageDocument? Document()
    {
        var licenses = _isMachineReadable && _fields.Count > 0 ? _fields : _references;
        return licenses.Count == 0 ? null : new PackageDocument { Path = Path, Owner = owner, Licenses = licenses };
    }

    private static bool Begins(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field) =>
        line.Length >= field.Length && Ascii.EqualsIgnoreCase(line[..field.Length], field);

    /// <summary>The reference may end a sentence.</summary>
    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && ((char)text[length] is '.' or '-' or '+' || char.IsAsciiLetterOrDigit((char)text[length]))) length++;
        return text[..length].TrimEnd(".-"u8);
    }

    private static void Keep(List<string> licenses, ReadOnlySpan<byte> name)
    {
        name = name.Trim(" \t"u8);
        if (name.IsEmpty || licenses.Count == MostLicenses) return;
        var text = Encoding.UTF8.GetString(name);
        if (FieldText.IsSound(text) && !licenses.Contains(text)) licenses.Add(text);
    }
}
