namespace Strata.Vulnerabilities.Cvss;

/// <summary>The base score of CVSS 2.0 vectors. A Complete Guide to CVSS 2.0, section 3.2.1.</summary>
internal static class Cvss2
{
    /// <summary>0.0 to 10.0 in steps of a tenth; null when the text is no complete vector. Round brackets around it are taken.</summary>
    public static double? BaseScore(string vector)
    {
        if (CvssVector.Metrics(vector.Trim('(', ')')) is not { } metrics) return null;
        double[] w =
        [
            Of(metrics, "AV") switch { "L" => 0.395, "A" => 0.646, "N" => 1.0, _ => -1 },
            Of(metrics, "AC") switch { "H" => 0.35, "M" => 0.61, "L" => 0.71, _ => -1 },
            Of(metrics, "Au") switch { "M" => 0.45, "S" => 0.56, "N" => 0.704, _ => -1 },
            Impact(Of(metrics, "C")),
            Impact(Of(metrics, "I")),
            Impact(Of(metrics, "A")),
        ];
        if (Array.Exists(w, x => x < 0)) return null;
        var impact = 10.41 * (1 - (1 - w[3]) * (1 - w[4]) * (1 - w[5]));
        if (impact == 0) return 0;
        var exploitability = 20 * w[0] * w[1] * w[2];
        var score = (0.6 * impact + 0.4 * exploitability - 1.5) * 1.176;
        return Math.Round(score, 1, MidpointRounding.AwayFromZero);
    }

    private static double Impact(string? value) => value switch { "N" => 0, "P" => 0.275, "C" => 0.660, _ => -1 };

    private static string? Of(Dictionary<string, string> metrics, string name) => metrics.GetValueOrDefault(name);
}
