using System.Globalization;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Rpm;

/// <summary>Makes a package of a header.</summary>
internal static class RpmPackage
{
    /// <summary>The name under which rpm keeps the keys it trusts among the packages.</summary>
    public const string Key = "gpg-pubkey";

    /// <summary>Null for a key.</summary>
    /// <exception cref="InvalidDataException">The header is none, or lacks what each package has.</exception>
    public static PackageFact? Of(ReadOnlySpan<byte> blob)
    {
        var header = new RpmHeader(blob);
        var name = header.Text(RpmTag.Name) ?? throw new InvalidDataException("a package without a name");
        if (name == Key) return null;
        if (header.Text(RpmTag.Version) is not { } version || header.Text(RpmTag.Release) is not { } release)
            throw new InvalidDataException($"the package {Shown(name)} has no version or no release");
        var architecture = header.Text(RpmTag.Architecture);
        var source = header.Text(RpmTag.SourceRpm);
        if (!(FieldText.IsSound(name) && FieldText.IsSound(version) && FieldText.IsSound(release) && FieldText.IsSound(architecture) && FieldText.IsSound(source)))
            throw new InvalidDataException($"the package {Shown(name)} has a field with control characters or beyond measure");

        var epoch = header.Number(RpmTag.Epoch)?.ToString(CultureInfo.InvariantCulture);
        var (sourceName, sourceVersion) = SourceRpm.Parse(source, epoch);
        return new PackageFact
        {
            Type = "rpm",
            Name = name,
            Version = WithEpoch(epoch, $"{version}-{release}"),
            Architecture = architecture,
            SourceName = sourceName,
            SourceVersion = sourceVersion,
            Licenses = header.Text(RpmTag.License) is { } license && FieldText.IsSound(license) ? [license] : null,
            Qualifiers = Qualifiers(epoch, source, header.Text(RpmTag.ModularityLabel)),
            Owns = RpmFiles.Of(header),
            Fingerprint = Fingerprint.Of(blob),
        };
    }

    /// <summary>As rpm prints it with %{EVR}: an epoch of 0 that the package has is written.</summary>
    public static string WithEpoch(string? epoch, string version) => epoch is null ? version : $"{epoch}:{version}";

    /// <summary>PURL-TYPES, "rpm", has the epoch; the source package and the module are as other tools and Red Hat write them.</summary>
    public static Dictionary<string, string>? Qualifiers(string? epoch, string? source, string? module)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        if (epoch is not null) all["epoch"] = epoch;
        if (source is not null) all["upstream"] = source;
        if (module is not null && FieldText.IsSound(module)) all["rpmmod"] = module;
        return all.Count == 0 ? null : all;
    }

    private static string Shown(string name) => FieldText.IsSound(name) ? name : "with a name that cannot be shown";
}
