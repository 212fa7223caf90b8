using System.Security.Cryptography;
using Strata.Packages.Facts;
using Strata.Packages.Ownership;

namespace Strata.Packages.Catalogers.Alpine;

/// <summary>Reads apk's database while it streams by: packages end at empty lines.</summary>
internal sealed class ApkReader(string path) : LineReader(path, LongestLine, MostBytes)
{
    /// <summary>What matters of a line is a name, a version, a licence or a path; dependencies may be longer, and are not kept.</summary>
    internal const int LongestLine = 8 * 1024;

    /// <summary>All of Alpine is about 30,000 packages.</summary>
    internal const int MostPackages = 200_000;

    private const long MostBytes = 512L * 1024 * 1024;

    private readonly List<PackageFact> _packages = [];
    private readonly IncrementalHash _text = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ApkEntry? _entry;
    private int _files;

    public override void Dispose() => _text.Dispose();

    protected override void Line(ReadOnlySpan<byte> line, bool isCut)
    {
        if (line.IsEmpty)
        {
            EndEntry();
            return;
        }
        _entry ??= new ApkEntry(Number);
        _text.AppendData(line);
        _text.AppendData("\n"u8);
        if (line is not [var field, (byte)':', .. var value]) Fault($"line {Number} is no field");
        else if (isCut && ApkEntry.Matters(field)) Fault($"line {Number} is longer than {LongestLine} bytes and was left out");
        else _entry.Take(field, value);
    }

    protected override PackageDocument Document()
    {
        EndEntry();
        return new PackageDocument { Path = Path, Packages = _packages };
    }

    private void EndEntry()
    {
        if (_entry is not { } entry) return;
        _entry = null;
        var fact = entry.ToFact(Fingerprint.Of(_text), out var fault);
        if (fault is not null) Fault($"the package at line {entry.LineNumber} {fault}");
        if (fact is null) return;
        _files += fact.Owns?.Count ?? 0;
        if (_files > OwnedPath.Most) Stop($"its packages own more than {OwnedPath.Most} files that may be documents; the rest was not read");
        else if (_packages.Count < MostPackages) _packages.Add(fact);
        else Stop($"more than {MostPackages} packages; the rest was not read");
    }
}
