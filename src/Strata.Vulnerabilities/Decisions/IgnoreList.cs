using System.Text.Json;
using Strata.Vulnerabilities.Forms;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>Our own list: <c>{"ignore": [{"id": "CVE-2024-1", "package": "pkg:deb/debian/curl", "reason": "...", "expires": "2026-01-31"}]}</c>.</summary>
internal static class IgnoreList
{
    public static bool Fits(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ignore", out _);

    public static IReadOnlyList<Decision> Read(JsonElement root, string source) => [.. OsvField.Items(root, "ignore").Select(i => Decision(i, source))];

    private static Decision Decision(JsonElement entry, string source)
    {
        var id = OsvField.Text(entry, "id") ?? throw new OsvFormatException("an entry of 'ignore' has no id");
        var package = OsvField.Text(entry, "package");
        if (package is not null && PurlPattern.TryParse(package) is null) throw new OsvFormatException($"the package '{package}' of {id} is no package URL");
        var until = OsvField.Text(entry, "expires");
        return new Decision
        {
            Vulnerabilities = [id],
            Packages = package is null ? [] : [package],
            Suppresses = true,
            // Who ignores something has to say why: the next reader would not know.
            Reason = OsvField.Text(entry, "reason") is { Length: > 0 } reason ? reason : throw new OsvFormatException($"{id} is to be ignored, but 'reason' does not say why"),
            Expires = until is null ? null : FormDate.Of(until) ?? throw new OsvFormatException($"the expiry '{until}' of {id} is no date"),
            Source = source,
        };
    }
}
