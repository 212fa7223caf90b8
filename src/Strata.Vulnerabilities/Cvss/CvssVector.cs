namespace Strata.Vulnerabilities.Cvss;

/// <summary>A CVSS vector of any version.</summary>
internal static class CvssVector
{
    /// <summary>The base score, 0.0 to 10.0; null when the text is no complete vector of a version that is known.</summary>
    public static double? BaseScore(string vector) =>
        vector.StartsWith("CVSS:4.", StringComparison.Ordinal) ? Cvss4.BaseScore(vector)
        : vector.StartsWith("CVSS:3.", StringComparison.Ordinal) ? Cvss3.BaseScore(vector)
        : Cvss2.BaseScore(vector);

    /// <summary>The metrics by their names; null when one is no metric, or is given twice.</summary>
    public static Dictionary<string, string>? Metrics(string text)
    {
        var metrics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.TrimEnd('/').Split('/'))
        {
            if (part.Split(':') is not [var name, var value] || !metrics.TryAdd(name, value)) return null;
        }

        return metrics;
    }
}
