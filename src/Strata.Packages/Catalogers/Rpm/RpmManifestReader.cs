using System.Text;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Rpm;

/// <summary>
/// A package a line, its fields parted by tabs: name, version and release, times of installation and of building, vendor, epoch, size,
/// architecture, epoch as a number, source package. CBL-Mariner, "Image configuration", "distroless".
/// </summary>
internal sealed class RpmManifestReader(string path) : LineReader(path, LongestLine, MostBytes)
{
    private const int LongestLine = 8 * 1024;
    private const long MostBytes = 64L * 1024 * 1024;
    private const int Fields = 10;

    private readonly List<PackageFact> _packages = [];

    protected override void Line(ReadOnlySpan<byte> line, bool isCut)
    {
        if (line.IsEmpty) return;
        var fields = Encoding.UTF8.GetString(line).Split('\t');
        if (isCut || fields.Length < Fields || fields[0].Length == 0 || fields[1].Length == 0 || !fields.All(FieldText.IsSound)) Fault($"line {Number} is no package");
        else if (fields[0] != RpmPackage.Key) _packages.Add(Fact(fields, Fingerprint.Of(line)));
    }

    protected override PackageDocument Document() => new() { Path = Path, Packages = _packages };

    private static PackageFact Fact(string[] fields, ulong fingerprint)
    {
        var epoch = Said(fields[5]);
        var source = Said(fields[9]);
        var (sourceName, sourceVersion) = SourceRpm.Parse(source, epoch);
        return new PackageFact
        {
            Type = "rpm",
            Name = fields[0],
            Version = RpmPackage.WithEpoch(epoch, fields[1]),
            Architecture = Said(fields[7]),
            SourceName = sourceName,
            SourceVersion = sourceVersion,
            Qualifiers = RpmPackage.Qualifiers(epoch, source, module: null),
            Fingerprint = fingerprint,
        };
    }

    /// <summary>How rpm prints what a header does not say.</summary>
    private static string? Said(string field) => field is "(none)" or "" ? null : field;
}
