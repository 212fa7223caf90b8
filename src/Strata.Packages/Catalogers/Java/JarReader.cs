using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Java;

internal sealed class JarReader(FileCandidate file, JarLimits limits) : ContentReader(file.Path, LongestArchive, file.Size)
{
    private const long LongestArchive = 4L * 1024 * 1024 * 1024;

    /// <summary>Executable archives begin with the script that starts them.</summary>
    protected override bool Accepts(ReadOnlySpan<byte> head) => head.StartsWith("PK"u8) || head.StartsWith("#!"u8);

    protected override PackageDocument? Read(FileContent content)
    {
        var found = new PackageList(Fault);
        new JarScan(limits, found).Read(Path, content);
        return found.Packages.Count == 0 && Faults.Count == 0 ? null : new PackageDocument { Path = Path, Packages = found.Packages };
    }
}
