using System.Text;
using Strata.Packages.Facts;
using Strata.Packages.Ownership;

namespace Strata.Packages.Catalogers.Alpine;

/// <summary>One package of apk's database, as its lines come: a letter, a colon and a value each. apk-package(5), apk-v2(5).</summary>
internal sealed class ApkEntry(int line)
{
    private readonly List<ulong> _files = [];
    private string? _name;
    private string? _version;
    private string? _architecture;
    private string? _origin;
    private string? _license;
    private string _folder = "";

    /// <summary>Where it begins.</summary>
    public int LineNumber { get; } = line;

    public void Take(byte field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case (byte)'P': _name = Text(value); break;
            case (byte)'V': _version = Text(value); break;
            case (byte)'A': _architecture = Text(value); break;
            case (byte)'o': _origin = Text(value); break;
            case (byte)'L': _license = Text(value); break;
            case (byte)'F': _folder = Text(value) ?? ""; break;
            case (byte)'R': Own(Text(value)); break;
            default: break;
        }
    }

    /// <summary>Whether a field matters here, so that losing a part of it is a fault.</summary>
    public static bool Matters(byte field) => "PVAoLFR"u8.Contains(field);

    /// <summary>Null, with a fault, for one that cannot be used.</summary>
    public PackageFact? ToFact(ulong fingerprint, out string? fault)
    {
        fault = _name is null ? "has no name (P)"
            : _version is null ? "has no version (V)"
            : !(FieldText.IsSound(_name) && FieldText.IsSound(_version) && FieldText.IsSound(_architecture) && FieldText.IsSound(_origin))
                ? "has a field with control characters or beyond measure" : null;
        if (fault is not null) return null;
        // A package that apk put together itself (apk add --virtual) has no origin.
        var origin = _origin ?? _name!;
        return new PackageFact
        {
            Type = "apk",
            Name = _name!,
            Version = _version!,
            Architecture = _architecture,
            SourceName = origin,
            SourceVersion = _version,
            Licenses = _license is { } license && FieldText.IsSound(license) ? [license] : null,
            Qualifiers = origin == _name ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["upstream"] = origin },
            Owns = _files.Count == 0 ? null : _files,
            Fingerprint = fingerprint,
        };
    }

    private void Own(string? file)
    {
        if (file is not null && OwnedPath.Hash(_folder.Length == 0 ? file : $"{_folder}/{file}") is { } hash) _files.Add(hash);
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t"u8);
        return value.IsEmpty ? null : Encoding.UTF8.GetString(value);
    }
}
