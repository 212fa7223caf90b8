using System.Buffers;
using System.Text;
using Strata.Packages.Catalogers;
using Strata.Packages.Facts;

namespace Strata.Packages.Distributions;

/// <summary>os-release(5): lines of NAME=value, quoted as a shell would have it, without expansion.</summary>
internal sealed class OsReleaseReader(string path) : DocumentReader(path)
{
    /// <summary>Real files have a few hundred bytes.</summary>
    internal const int MaxBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private bool _tooLong;

    public override void Add(ReadOnlySpan<byte> bytes)
    {
        if (_tooLong) return;
        _tooLong = _text.WrittenCount + bytes.Length > MaxBytes;
        if (_tooLong) Fault($"longer than {MaxBytes} bytes; it was not read");
        else _text.Write(bytes);
    }

    public override PackageDocument Finish() =>
        new() { Path = Path, Distribution = _tooLong ? null : Parse(Encoding.UTF8.GetString(_text.WrittenSpan)) };

    /// <summary>Null when no line says anything.</summary>
    internal static Distribution? Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            var equals = trimmed.IndexOf('=');
            if (equals < 1 || trimmed[0] == '#') continue;
            values[trimmed[..equals].ToString()] = Unquote(trimmed[(equals + 1)..]);
        }

        if (values.Count == 0) return null;
        return new Distribution
        {
            Id = Value(values, "ID")?.ToLowerInvariant() ?? "linux",
            VersionId = Value(values, "VERSION_ID"),
            PrettyName = Value(values, "PRETTY_NAME") ?? Value(values, "NAME"),
            Codename = Value(values, "VERSION_CODENAME"),
        };
    }

    private static string? Value(Dictionary<string, string> values, string key) =>
        values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    private static string Unquote(ReadOnlySpan<char> value)
    {
        if (value.Length >= 2 && value[0] == '\'' && value[^1] == '\'') return value[1..^1].ToString();
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length) i++;
            if (!char.IsControl(value[i])) text.Append(value[i]);
        }

        return text.ToString();
    }
}
