using Strata.Vulnerabilities.Decisions;
using Strata.Vulnerabilities.Matching;

namespace Strata.Vulnerabilities.Csaf;

/// <summary>An rpm that a CSAF document is about.</summary>
/// <param name="Name">Of the package, or of its source.</param>
/// <param name="Version">With its epoch; null for any.</param>
/// <param name="IsSource">It stands for all that is built from it.</param>
internal sealed record CsafPackage(string Name, string? Version, bool IsSource)
{
    /// <summary>Where it is looked up.</summary>
    public string Ecosystem { get; init; } = "";

    /// <summary>The name under which it is kept: sources are apart from the packages that have their names.</summary>
    public string Key => IsSource ? PackageNames.OfSource(Name) : Name;

    /// <summary>Null for what is no rpm.</summary>
    public static CsafPackage? Parse(string text)
    {
        if (PurlPattern.TryParse(text) is not { Type: "rpm" } purl) return null;
        var version = purl.Version.Length == 0 ? null : purl.Qualifiers.GetValueOrDefault("epoch") is { Length: > 0 } epoch ? $"{epoch}:{purl.Version}" : purl.Version;
        return new CsafPackage(purl.Name[(purl.Name.LastIndexOf('/') + 1)..], version, purl.IsSource);
    }
}
