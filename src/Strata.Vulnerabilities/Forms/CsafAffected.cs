using System.Text.Json;
using Strata.Vulnerabilities.Csaf;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>The packages that a vulnerability of a CSAF document is about, each with the version that mends it or with what is said instead.</summary>
internal static class CsafAffected
{
    private const string Vendor = "cpe:/";
    private const string Fixed = "fixed";
    private const string KnownAffected = "known_affected";

    public static IEnumerable<OsvAffected> Of(JsonElement vulnerability, CsafProductTree tree)
    {
        if (OsvField.Find(vulnerability, "product_status") is not { } status) yield break;
        // The same package comes for several architectures.
        var seen = new HashSet<(string, string, string?)>();
        foreach (var id in OsvField.Texts(status, Fixed) ?? [])
        {
            if (Named(tree, id) is not { IsSource: false, Version: { } version } package || !seen.Add((package.Ecosystem, package.Name, version))) continue;
            yield return new OsvAffected(package.Ecosystem, package.Name, new OsvVersions { Ranges = [new OsvRange([new(OsvEventKind.Introduced, "0"), new(OsvEventKind.Fixed, version)])] });
        }
        foreach (var id in OsvField.Texts(status, KnownAffected) ?? [])
        {
            if (Named(tree, id) is not { } package || !seen.Add((package.Ecosystem, package.Key, null))) continue;
            yield return new OsvAffected(package.Ecosystem, package.Key, new OsvVersions { Ranges = [new OsvRange([new(OsvEventKind.Introduced, "0")])], State = State(vulnerability, tree, id) });
        }
    }

    /// <summary>What is understood of a product; null for what is no rpm of a release of Red Hat. Of modules only fixes are: their versions name the module.</summary>
    private static CsafPackage? Named(CsafProductTree tree, string id)
    {
        if (tree.Find(id) is not { } product || Ecosystem(product.Cpe) is not { } ecosystem) return null;
        var package = product.Purls.Select(CsafPackage.Parse).FirstOrDefault(p => p is not null) is { } found ? found with { Ecosystem = ecosystem } : null;
        return package is { Version: null } && product.IsModular ? null : package;
    }

    /// <summary><c>Red Hat:enterprise_linux:9::baseos</c>, as OSV has it, of <c>cpe:/o:redhat:enterprise_linux:9::baseos</c>.</summary>
    private static string? Ecosystem(string? cpe) =>
        cpe?.StartsWith(Vendor, StringComparison.Ordinal) == true && cpe[Vendor.Length..].Split(':', 3) is [_, "redhat", { Length: > 0 } rest] ? $"Red Hat:{rest}" : null;

    private static FixState? State(JsonElement vulnerability, CsafProductTree tree, string id)
    {
        foreach (var remediation in OsvField.Items(vulnerability, "remediations").Where(r => tree.Meant(r)?.Contains(id) != false))
        {
            var details = OsvField.Text(remediation, "details") ?? "";
            switch (OsvField.Text(remediation, "category"))
            {
                case "no_fix_planned" when details.Contains("support scope", StringComparison.OrdinalIgnoreCase):
                    return FixState.EndOfLife;
                case "no_fix_planned":
                    return FixState.WontFix;
                case "none_available" when details.Contains("deferred", StringComparison.OrdinalIgnoreCase):
                    return FixState.Deferred;
                case "none_available":
                    return FixState.NotFixed;
            }
        }
        return null;
    }
}
