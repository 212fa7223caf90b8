using System.Text;
using Strata.Packages.Facts;
using Strata.Packages.Ownership;

namespace Strata.Packages.Catalogers.Debian;

/// <summary>Of a package's list of files, keeps those that another cataloguer may take for a document.</summary>
internal sealed class FileListReader(string path, string owner) : DocumentReader(path)
{
    /// <summary>As long as a path may be. Linux, PATH_MAX.</summary>
    private const int LongestPath = 4096;

    private readonly List<ulong> _files = [];
    private readonly byte[] _line = new byte[LongestPath];
    private int _length;

    public override void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            Append(end < 0 ? bytes : bytes[..end]);
            if (end < 0) return;
            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    public override PackageDocument? Finish()
    {
        EndLine();
        return _files.Count == 0 ? null : new PackageDocument { Path = Path, Owner = owner, Owns = _files };
    }

    // A longer line is no path; what is over is dropped, and what is left is the path of nothing.
    private void Append(ReadOnlySpan<byte> piece)
    {
        piece = piece[..Math.Min(piece.Length, _line.Length - _length)];
        piece.CopyTo(_line.AsSpan(_length));
        _length += piece.Length;
    }

    private void EndLine()
    {
        if (_length > 0 && OwnedPath.Hash(Encoding.UTF8.GetString(_line, 0, _length)) is { } hash) _files.Add(hash);
        _length = 0;
    }
}
