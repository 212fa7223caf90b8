using System.Text;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;
using Strata.Packages;
using Strata.Packages.Distributions;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Ui.Tests;

/// <summary>A small image of two layers, what is in it, and what is known against it.</summary>
internal static class Samples
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static ImageDetails Image { get; } = new()
    {
        Id = Digest("config"),
        ManifestDescriptor = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest("manifest"), Size = 500 },
        Manifest = new Manifest
        {
            Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = Digest("config"), Size = 900 },
            Layers = [Blob("base", 60_000_000), Blob("app", 1_000)],
        },
        Config = new ImageConfig
        {
            Os = "linux",
            Architecture = "amd64",
            Created = Now.AddDays(-4),
            RootFs = new RootFs { DiffIds = [Digest("d1"), Digest("d2")] },
            Config = new ContainerConfig { Cmd = ["python3"], Env = ["API_TOKEN=s3cr3t"], Labels = new Dictionary<string, string> { ["title"] = "evil \u202Elabel <script>" } },
        },
        Names = [Reference.Parse("127.0.0.1:5000/library/python:3.11")],
        RepoDigests = [],
        Layers =
        [
            Layer(0, "base", 60_000_000, "ADD file in /", 160_000_000, added: 8728, changed: 0, removed: 0),
            Layer(1, "app", 1_000, null, null, added: null, changed: null, removed: null),
        ],
    };

    public static ImagePackages Packages { get; } = new()
    {
        Distribution = new Distribution { Id = "debian", VersionId = "12", PrettyName = "Debian GNU/Linux 12 (bookworm)" },
        Packages = [Package("bash", "5.2.15-2+b2", "5.2.15-2", 0), Package("libssl3", "3.0.9-1", "3.0.9-1", 0, "openssl"), Package("python3", "3.11.2-1", "3.11.2-1", 1)],
    };

    public static ScanResult Scan(ScanState state, params IReadOnlyList<Finding> findings) => new()
    {
        State = state,
        Explanation = "In one sentence.",
        Distribution = Packages.Distribution,
        Findings = findings,
        Counts = Enum.GetValues<Severity>().ToDictionary(s => s, s => findings.Count(f => f.Severity == s)),
        PackagesChecked = 3,
        Updated = Now.AddDays(-2),
    };

    public static Finding Finding(string id, Severity severity, int package, string? fix) => new()
    {
        Id = id,
        Severity = severity,
        Packages = [Packages.Packages[package]],
        SourceName = Packages.Packages[package].SourceName!,
        SourceVersion = Packages.Packages[package].SourceVersion!,
        FixedVersion = fix,
        Modified = Now.AddDays(-30),
        RecordId = "DEBIAN-" + id,
        Database = "all.zip",
        Ecosystem = "Debian:12",
        Rule = "it is before the fix",
        Summary = "A summary",
    };

    private static Package Package(string name, string version, string sourceVersion, int layer, string? source = null) => new()
    {
        Name = name,
        Version = version,
        Type = "deb",
        Architecture = "amd64",
        SourceName = source ?? name,
        SourceVersion = sourceVersion,
        Purl = $"pkg:deb/debian/{name}@{version}",
        Location = "var/lib/dpkg/status",
        IntroducedBy = new LayerOrigin { Layer = layer, DiffId = Digest("d" + layer), Instruction = layer == 0 ? "ADD file in /" : null },
    };

    private static LayerDetails Layer(int position, string blob, long size, string? createdBy, long? unpacked, int? added, int? changed, int? removed) => new()
    {
        Position = position,
        Descriptor = Blob(blob, size),
        DiffId = Digest("d" + position),
        Created = Now,
        CreatedBy = createdBy,
        UnpackedSize = unpacked,
        Changes = new Lazy<FileChanges?>(added is { } more ? new FileChanges(more, changed ?? 0, removed ?? 0) : null),
    };

    private static Descriptor Blob(string text, long size) => new() { MediaType = MediaTypes.OciLayerGzip, Digest = Digest(text), Size = size };

    private static Digest Digest(string text) => Oci.Digest.Of(Encoding.UTF8.GetBytes(text));
}
