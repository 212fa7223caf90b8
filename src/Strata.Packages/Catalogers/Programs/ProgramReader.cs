using Strata.Packages.Catalogers.DotNet;
using Strata.Packages.Catalogers.Go;
using Strata.Packages.Catalogers.Rust;
using Strata.Packages.Catalogers.Software;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Programs;

/// <summary>Asks a program everything that it may know of itself.</summary>
internal sealed class ProgramReader(FileCandidate file) : ContentReader(file.Path, LongestProgram, file.Size)
{
    private const long LongestProgram = 1024L * 1024 * 1024;

    private readonly IReadOnlyList<KnownProgram> _known = KnownPrograms.Find(file);

    /// <summary>A program that is known by its name may be a script.</summary>
    protected override bool Accepts(ReadOnlySpan<byte> head) => _known.Count > 0 || ElfReader.Is(head) || PeReader.Is(head) || MachReader.Is(head);

    protected override PackageDocument? Read(FileContent content)
    {
        var found = new PackageList(Fault);
        foreach (var program in Programs(content))
        {
            Try(() => GoPackages.Find(program, found));
            Try(() => RustPackages.Find(program, found));
            Try(() => PackageNote.Find(program, found));
            Try(() => AssemblyVersion.Find(program, file.Path, found));
        }

        // Programs with one name are told apart by what they say; the first that fits is it.
        Try(() => _ = _known.Any(k => k.Find(file, content, found)));
        return found.Packages.Count == 0 && Faults.Count == 0 ? null : new PackageDocument { Path = Path, Packages = found.Packages };
    }

    /// <summary>Programs whose headers lie say nothing, unless they are known otherwise.</summary>
    private List<ProgramFile> Programs(FileContent content)
    {
        var programs = new List<ProgramFile>();
        Span<byte> head = stackalloc byte[8];
        head = head[..content.ReadAt(0, head)];
        var (isElf, isPe, isMach) = (ElfReader.Is(head), PeReader.Is(head), MachReader.Is(head));
        Try(() =>
        {
            if (isElf) programs.Add(ElfReader.Read(content));
            else if (isPe && PeReader.Read(content) is { } program) programs.Add(program);
            else if (isMach) programs.AddRange(MachReader.Read(content));
        });
        return programs;
    }

    /// <summary>What one of them cannot read, another still may.</summary>
    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (IsOfContent(e))
        {
            Fault(e.Message);
        }
    }
}
