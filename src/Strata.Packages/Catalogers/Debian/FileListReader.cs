using System.Text;
using Strata.Packages.Facts;
using Strata.Packages.Ownership;

namespace Strata.Packages.Catalogers.Debian;

/// <summary>Of a package's list of files, keeps those that another cataloguer may take for a document.</summary>
/// <param name="path">The list's path.</param>
/// <param name="owner">The package.</param>
/// <param name="skip">Bytes before the path in each line: 0, or those of a hash and what parts it from the path.</param>
internal sealed class FileListReader(string path, string owner, int skip) : LineReader(path, LongestPath, MostBytes)
{
    /// <summary>As long as a path may be (Linux, PATH_MAX), and a hash before it.</summary>
    private const int LongestPath = 4096 + 64;

    private const long MostBytes = 256L * 1024 * 1024;

    private readonly List<ulong> _files = [];

    protected override void Line(ReadOnlySpan<byte> line, bool isCut)
    {
        // A longer line is no path.
        if (!isCut && line.Length > skip && OwnedPath.Hash(Encoding.UTF8.GetString(line[skip..])) is { } hash) _files.Add(hash);
    }

    protected override PackageDocument? Document() =>
        _files.Count == 0 ? null : new PackageDocument { Path = Path, Owner = owner, Owns = _files };
}
