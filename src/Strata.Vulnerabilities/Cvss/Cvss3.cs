namespace Strata.Vulnerabilities.Cvss;

/// <summary>The base score of CVSS 3.0 and 3.1 vectors. CVSS v3.1 specification, section 7.1 and appendix A.</summary>
internal static class Cvss3
{
    /// <summary>
    /// 0.0 to 10.0 in steps of a tenth; null when the text is no complete 3.x vector. Temporal and environmental metrics are left aside.
    /// </summary>
    public static double? BaseScore(string vector)
    {
        if (!vector.StartsWith("CVSS:3.0/", StringComparison.Ordinal) && !vector.StartsWith("CVSS:3.1/", StringComparison.Ordinal)) return null;
        var metrics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in vector[9..].TrimEnd('/').Split('/'))
        {
            // A metric may be given once only.
            if (part.Split(':') is not [var name, var value] || !metrics.TryAdd(name, value)) return null;
        }

        if (Of(metrics, "S") is not { } scope || scope is not ("U" or "C")) return null;
        var changed = scope == "C";
        var weights = Weights(metrics, changed);
        return Array.TrueForAll(weights, w => w >= 0) ? Score(weights, changed) : null;
    }

    /// <summary>CVSS v3.1 specification, section 5, "Qualitative Severity Rating Scale".</summary>
    public static Severity Rating(double score) => score switch
    {
        >= 9.0 => Severity.Critical,
        >= 7.0 => Severity.High,
        >= 4.0 => Severity.Medium,
        > 0.0 => Severity.Low,
        _ => Severity.Negligible,
    };

    private static double Score(double[] w, bool changed)
    {
        var iss = 1 - (1 - w[4]) * (1 - w[5]) * (1 - w[6]);
        var impact = changed ? 7.52 * (iss - 0.029) - 3.25 * Math.Pow(iss - 0.02, 15) : 6.42 * iss;
        if (impact <= 0) return 0;
        var exploitability = 8.22 * w[0] * w[1] * w[2] * w[3];
        return RoundUp(Math.Min(changed ? 1.08 * (impact + exploitability) : impact + exploitability, 10));
    }

    /// <summary>Appendix A: on integers, so that every machine rounds the same.</summary>
    private static double RoundUp(double value)
    {
        var scaled = (int)Math.Round(value * 100_000, MidpointRounding.AwayFromZero);
        return scaled % 10_000 == 0 ? scaled / 100_000.0 : (scaled / 10_000 + 1) / 10.0;
    }

    /// <summary>Section 7.4, "Metric Values", for AV, AC, PR, UI, C, I, A; -1 for what is missing or unknown.</summary>
    private static double[] Weights(Dictionary<string, string> metrics, bool changed) =>
    [
        Of(metrics, "AV") switch { "N" => 0.85, "A" => 0.62, "L" => 0.55, "P" => 0.2, _ => -1 },
        Of(metrics, "AC") switch { "L" => 0.77, "H" => 0.44, _ => -1 },
        Of(metrics, "PR") switch { "N" => 0.85, "L" => changed ? 0.68 : 0.62, "H" => changed ? 0.5 : 0.27, _ => -1 },
        Of(metrics, "UI") switch { "N" => 0.85, "R" => 0.62, _ => -1 },
        Impact(Of(metrics, "C")),
        Impact(Of(metrics, "I")),
        Impact(Of(metrics, "A")),
    ];

    private static double Impact(string? value) => value switch { "H" => 0.56, "L" => 0.22, "N" => 0, _ => -1 };

    private static string? Of(Dictionary<string, string> metrics, string name) => metrics.GetValueOrDefault(name);
}
