using Strata.Oci;
using Strata.Packages;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>What the hub has found in its images. Whether somebody may see it is decided by whoever asks.</summary>
public sealed class HubScans
{
    /// <summary>Of several platforms, what most people have; the one whose page a tag leads to.</summary>
    private const string Usual = "linux/amd64";

    private readonly ScanBoard _board;
    private readonly AdvisoryFile _advisories;
    private readonly Scanner _scanner;
    private readonly TimeProvider _time;

    internal HubScans(ScanOptions options, ScanBoard board, AdvisoryFile advisories, TimeProvider time)
    {
        (IsOn, _board, _advisories, _time) = (options.Enabled, board, advisories, time);
        _scanner = new Scanner(time);
    }

    /// <summary>False where images are read when somebody looks, and nothing is kept.</summary>
    public bool IsOn { get; }

    /// <summary>The images of a tag with what is known of each; empty for what is no image.</summary>
    public IReadOnlyList<(ScanTarget Target, ImageScan Scan)> OfTag(string repository, Digest top) =>
        [.. _board.TargetsOf(repository, top).Select(t => (t, Find(t.Manifest) ?? new ImageScan { Manifest = t.Manifest, Repository = repository }))];

    /// <summary>Of the images of a tag the one that is shown unless told; null for what is no image.</summary>
    public (ScanTarget Target, ImageScan Scan)? UsualOf(string repository, Digest top)
    {
        var all = OfTag(repository, top);
        if (all.Count == 0) return null;
        return all.FirstOrDefault(a => a.Target.Platform?.ToString() == Usual) is { Target: not null } usual ? usual : all[0];
    }

    /// <summary>What is known of an image; null where no tag leads to it.</summary>
    public ImageScan? Find(Digest manifest) => IsOn ? _board.Find(manifest) : null;

    /// <summary>
    /// What the advisories say of an image: as it is kept, where that is of the data of now; else by a comparison at this moment.
    /// </summary>
    /// <exception cref="AdvisoryDatabaseException">The advisory data cannot be read.</exception>
    public ScanResult Of(ImageContent image, ImagePackages packages, CancellationToken cancellationToken) =>
        Kept(image) ?? _scanner.Scan(_advisories.Path, packages, cancellationToken);

    /// <summary>What is kept of an image, with the words of the records; null where there is nothing, or it is of other data than there is now.</summary>
    public ScanResult? Kept(ImageContent image) =>
        Find(image.Manifest)?.Result?.Data == _advisories.Mark() ? ReadKept(image.Manifest, image.Instructions) is { } kept ? _scanner.Described(_advisories.Path, kept) : null : null;

    /// <summary>What is kept of an image, whatever its data; null where there is nothing.</summary>
    internal ScanResult? ReadKept(Digest manifest, IReadOnlyList<string?> instructions)
    {
        if (_board.DocumentOf(manifest) is not { } document || ScanDocument.Read(document) is not { } kept) return null;
        var age = _time.GetUtcNow() - kept.Updated;
        return kept with
        {
            Age = age < TimeSpan.Zero ? TimeSpan.Zero : age,
            Findings = [.. kept.Findings.Select(f => f with { Packages = [.. f.Packages.Select(p => Placed(p, instructions))] })],
        };
    }

    private static Package Placed(Package package, IReadOnlyList<string?> instructions) =>
        package.IntroducedBy is { } origin && origin.Layer < instructions.Count ? package with { IntroducedBy = origin with { Instruction = instructions[origin.Layer] } } : package;
}
