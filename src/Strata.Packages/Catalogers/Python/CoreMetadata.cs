namespace Strata.Packages.Catalogers.Python;

/// <summary>"Core metadata specifications": headers as of a mail, then an empty line and the description.</summary>
internal static class CoreMetadata
{
    private const string LicenseClassifier = "License :: ";

    public static void Read(DocumentText document, PackageList found) => Read(document.Lines, found);

    public static void Read(IEnumerable<string> lines, PackageList found)
    {
        string? name = null, version = null, expression = null, license = null;
        var classified = new List<string>();
        foreach (var line in lines)
        {
            if (line.Length == 0) break;
            // What is folded is the text of a licence, or a description.
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || char.IsWhiteSpace(line[0])) continue;
            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].ToLowerInvariant())
            {
                case "name": name ??= value; break;
                case "version": version ??= value; break;
                case "license-expression": expression ??= value; break;
                case "license": license ??= value; break;
                case "classifier" when value.StartsWith(LicenseClassifier, StringComparison.Ordinal): classified.Add(value[(value.LastIndexOf(':') + 1)..].Trim()); break;
            }
        }

        found.Add("pypi", name, version, Licenses(expression, license, classified));
    }

    /// <summary>The expression is exact; the free text may be anything; the classifiers are what is left.</summary>
    private static IReadOnlyList<string> Licenses(string? expression, string? license, List<string> classified)
    {
        if (!string.IsNullOrEmpty(expression)) return [expression];
        return string.IsNullOrEmpty(license) || license.Equals("UNKNOWN", StringComparison.OrdinalIgnoreCase) ? classified : [license];
    }
}
