using System.Text.Json;
using Strata.Packages.Facts;
using Strata.Packages.Ownership;

namespace Strata.Packages.Catalogers.Chisel;

/// <summary>
/// A JSON object a line ("jsonwall"), the first of which is a header. Those of kind <c>package</c> are packages; those of kind <c>path</c>
/// are files, with the slices that brought them: <c>package_slice</c>.
/// </summary>
internal sealed class ChiselLines(string path) : LineReader(path, LongestLine, MostBytes)
{
    private const int LongestLine = 64 * 1024;
    private const long MostBytes = 512L * 1024 * 1024;
    private const int MostPackages = 200_000;

    private readonly Dictionary<string, PackageFact> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ulong>> _files = new(StringComparer.Ordinal);
    private int _count;

    protected override void Line(ReadOnlySpan<byte> line, bool isCut)
    {
        if (line.IsEmpty) return;
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 8 });
            using var document = JsonDocument.ParseValue(ref reader);
            Take(document.RootElement, Fingerprint.Of(line));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Fault(Number == 1 ? "no manifest of chisel: its first line is no JSON object" : $"line {Number} is no JSON object as chisel writes them");
        }
    }

    protected override PackageDocument? Document() =>
        _packages.Count == 0 && Faults.Count == 0
            ? null
            : new PackageDocument { Path = Path, Packages = [.. _packages.Values.Select(p => p with { Owns = _files.GetValueOrDefault(p.Name) })] };

    private void Take(JsonElement line, ulong fingerprint)
    {
        switch (Text(line, "kind"))
        {
            case "package": Add(line, fingerprint); break;
            case "path" when line.TryGetProperty("slices", out var slices): Own(Text(line, "path"), slices); break;
            default: break;
        }
    }

    private void Add(JsonElement line, ulong fingerprint)
    {
        var (name, version, architecture) = (Text(line, "name"), Text(line, "version"), Text(line, "arch"));
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(version) || !(FieldText.IsSound(name) && FieldText.IsSound(version) && FieldText.IsSound(architecture)))
            Fault($"line {Number} is no package");
        else if (_packages.Count == MostPackages) Stop($"more than {MostPackages} packages; the rest was not read");
        else _packages[name] = new PackageFact { Type = "deb", Name = name, Version = version, Architecture = architecture, Fingerprint = fingerprint };
    }

    private void Own(string? file, JsonElement slices)
    {
        if (file is null || OwnedPath.Hash(file) is not { } hash) return;
        foreach (var slice in slices.EnumerateArray())
        {
            var text = slice.GetString() ?? "";
            var package = text[..Math.Max(0, text.IndexOf('_', StringComparison.Ordinal))];
            if (package.Length == 0 || ++_count > OwnedPath.Most) continue;
            if (!_files.TryGetValue(package, out var files)) _files[package] = files = [];
            files.Add(hash);
        }
    }

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;
}
