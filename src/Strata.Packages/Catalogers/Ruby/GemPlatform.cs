namespace Strata.Packages.Catalogers.Ruby;

/// <summary>PURL-TYPES, "gem": a gem with compiled code says for which platform; one without is for <c>ruby</c>, which is not said.</summary>
internal static class GemPlatform
{
    public static IReadOnlyDictionary<string, string>? Qualifiers(string? platform) =>
        string.IsNullOrEmpty(platform) || platform == "ruby" ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["platform"] = platform };
}
