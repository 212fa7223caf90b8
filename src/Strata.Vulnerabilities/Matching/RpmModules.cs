using Strata.Packages;

namespace Strata.Vulnerabilities.Matching;

/// <summary>
/// Modular packages of Red Hat and its kin: the streams of a module have versions of their own, and are no updates of each other nor of
/// the packages outside modules.
/// </summary>
internal static class RpmModules
{
    private const string Mark = ".module";
    // Ours and syft's, and Trivy's.
    private static readonly string[] Qualifiers = ["rpmmod=", "modularitylabel="];

    /// <summary>False when a record about one stream was compared with a package of another.</summary>
    public static bool AreComparable(Package package, string installed, string? fixedVersion, string? summary)
    {
        if (package.Type != "rpm" || fixedVersion is null) return true;
        var isModular = IsModular(installed);
        if (isModular != IsModular(fixedVersion)) return false;
        if (!isModular || Stream(package.Purl) is not { } stream || NamedStream(summary) is not { } named) return true;
        return named == stream;
    }

    private static bool IsModular(string version) => version.Contains(Mark, StringComparison.Ordinal);

    /// <summary><c>nodejs:18</c> of <c>rpmmod=nodejs:18:8090020240101:a75119d5</c>.</summary>
    private static string? Stream(string purl)
    {
        foreach (var qualifier in Qualifiers)
        {
            var at = purl.IndexOf(qualifier, StringComparison.Ordinal);
            if (at < 0) continue;
            var parts = Uri.UnescapeDataString(purl[(at + qualifier.Length)..].Split('&', '#')[0]).Split(':');
            return parts.Length < 2 ? null : $"{parts[0]}:{parts[1]}";
        }

        return null;
    }

    /// <summary><c>nodejs:18</c> of <c>Important: nodejs:18 security update</c>.</summary>
    private static string? NamedStream(string? summary) =>
        summary?.Split(' ').FirstOrDefault(w => w.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && colon < w.Length - 1);
}
