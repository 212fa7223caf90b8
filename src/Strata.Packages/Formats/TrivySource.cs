using Strata.Packages.Catalogers.Rpm;

namespace Strata.Packages.Formats;

/// <summary>The source package as Trivy's documents say it, whose package URLs do not.</summary>
internal static class TrivySource
{
    private const string Prefix = "aquasecurity:trivy:Src";
    private const string Sentence = "built package from: ";

    /// <summary>The properties of a CycloneDX component; nulls where there are none.</summary>
    public static (string? Name, string? Version) Of(IReadOnlyDictionary<string, string> properties)
    {
        if (properties.GetValueOrDefault(Prefix + "Name") is not { } name) return (null, null);
        if (properties.GetValueOrDefault(Prefix + "Version") is not { } version) return (name, null);
        if (properties.GetValueOrDefault(Prefix + "Release") is { } release) version += "-" + release;
        return (name, RpmPackage.WithEpoch(properties.GetValueOrDefault(Prefix + "Epoch"), version));
    }

    /// <summary>The <c>sourceInfo</c> of an SPDX package: <c>built package from: openssl 3.0.11-1</c>; nulls where it says something else.</summary>
    public static (string? Name, string? Version) Of(string? sourceInfo)
    {
        if (sourceInfo?.StartsWith(Sentence, StringComparison.Ordinal) != true) return (null, null);
        var words = sourceInfo[Sentence.Length..].Split(' ');
        return words.Length == 2 ? (words[0], words[1]) : (null, null);
    }
}
