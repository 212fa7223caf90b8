using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers;

/// <summary>The packages that one document tells of, each once; what cannot be a package is said, and left out.</summary>
internal sealed class PackageList(Action<string> fault, int most = PackageList.Most)
{
    /// <summary>Packages of one document; the largest lock files have some 5,000.</summary>
    internal const int Most = 100_000;

    /// <summary>Characters of a name or a version.</summary>
    internal const int LongestField = 1024;

    private readonly List<PackageFact> _packages = [];
    private readonly HashSet<ulong> _known = [];
    private readonly List<ulong> _claimed = [];

    public IReadOnlyList<PackageFact> Packages => _packages;

    /// <summary>See <see cref="PackageDocument.Owner"/>.</summary>
    public string? Owner { get; private set; }

    public IReadOnlyList<ulong>? Claimed => _claimed.Count > 0 ? _claimed : null;

    /// <summary>One sentence about what could not be read.</summary>
    public void Fault(string reason) => fault(reason);

    /// <summary>A package without a name or a version is none, and says nothing.</summary>
    public void Add(
        string type,
        string? name,
        string? version,
        IReadOnlyList<string>? licenses = null,
        IReadOnlyDictionary<string, string>? qualifiers = null,
        string? architecture = null,
        string? purl = null) =>
        Add(new PackageFact
        {
            Type = type,
            Name = name ?? "",
            Version = version ?? "",
            Architecture = architecture,
            Licenses = licenses,
            Qualifiers = qualifiers,
            Purl = purl,
            Fingerprint = 0,
        });

    /// <summary>A package with all that is known of it but the fingerprint.</summary>
    public void Add(PackageFact package)
    {
        if (string.IsNullOrWhiteSpace(package.Name) || string.IsNullOrWhiteSpace(package.Version)) return;
        if (IsBad(package.Name) || IsBad(package.Version) || IsBad(package.Architecture ?? "") || IsBad(package.Purl ?? ""))
        {
            fault($"a package of type {package.Type} has a name or version with control characters or beyond measure, and was left out");
            return;
        }
        var licenses = package.Licenses?.Where(l => l.Length > 0 && !IsBad(l)).ToArray();
        var qualifiers = package.Qualifiers is { Count: > 0 } some ? some : null;
        var fingerprint = FingerprintOf(
        [
            package.Type, package.Name, package.Version, package.Architecture, package.SourceName, package.SourceVersion, package.Purl,
            .. licenses ?? [], .. qualifiers?.Select(q => $"{q.Key}={q.Value}") ?? [],
        ]);
        if (!_known.Add(fingerprint)) return;
        if (_packages.Count == most) fault($"more than {most} packages; the rest was not read");
        if (_packages.Count >= most) return;
        _packages.Add(package with { Licenses = licenses is { Length: > 0 } ? licenses : null, Qualifiers = qualifiers, Fingerprint = fingerprint });
    }

    /// <summary>Files that belong to something that is no package, such as an application itself.</summary>
    public void Claim(string owner, IReadOnlyList<ulong> files)
    {
        Owner ??= owner;
        _claimed.AddRange(files);
    }

    private static bool IsBad(string field) => field.Length > LongestField || field.AsSpan().ContainsAnyInRange('\0', '\u001f');

    private static ulong FingerprintOf(IEnumerable<string?> fields)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', fields)), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
