using System.Runtime.InteropServices;

namespace Strata.Packages.Catalogers;

/// <summary>A file of which only the outside is known.</summary>
/// <param name="Path">Relative to the root: <c>usr/lib/node_modules/npm/package.json</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Mode">Permission bits.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileCandidate(string Path, long Size, int Mode)
{
    private const int AnybodyExecutes = 0b001_001_001;

    public ReadOnlySpan<char> Name => Path.AsSpan(Path.LastIndexOf('/') + 1);

    public bool IsExecutable => (Mode & AnybodyExecutes) != 0;

    /// <summary>Whether the path ends with these parts: <c>a/b</c> is below <c>x/a/b</c>, and not below <c>xa/b</c>.</summary>
    public bool IsAt(ReadOnlySpan<char> tail) =>
        Path.AsSpan().EndsWith(tail, StringComparison.Ordinal) && (Path.Length == tail.Length || Path[Path.Length - tail.Length - 1] == '/');
}
