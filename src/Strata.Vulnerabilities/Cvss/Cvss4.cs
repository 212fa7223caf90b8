namespace Strata.Vulnerabilities.Cvss;

/// <summary>
/// The score of CVSS 4.0 vectors, with the threat and environmental metrics that they have. CVSS v4.0 specification, section 8: the score of
/// the macro vector, less the way from its worst vector to this one, measured by the next lower macro vectors.
/// </summary>
internal static class Cvss4
{
    private static readonly string[] Base = ["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"];
    private static readonly string[] Impacts = ["VC", "VI", "VA", "SC", "SI", "SA"];

    /// <summary>Where each metric may stand, the worst first; a safety impact exists as modified metric only.</summary>
    private static readonly Dictionary<string, string> Levels = new(StringComparer.Ordinal)
    {
        ["AV"] = "NALP",
        ["PR"] = "NLH",
        ["UI"] = "NPA",
        ["AC"] = "LH",
        ["AT"] = "NP",
        ["VC"] = "HLN",
        ["VI"] = "HLN",
        ["VA"] = "HLN",
        ["SC"] = " HLN",
        ["SI"] = "SHLN",
        ["SA"] = "SHLN",
        ["CR"] = "HML",
        ["IR"] = "HML",
        ["AR"] = "HML",
        ["E"] = "APU",
    };

    /// <summary>0.0 to 10.0 in steps of a tenth; null when the text is no complete vector.</summary>
    public static double? BaseScore(string vector)
    {
        const string Prefix = "CVSS:4.0/";
        if (!vector.StartsWith(Prefix, StringComparison.Ordinal) || CvssVector.Metrics(vector[Prefix.Length..]) is not { } metrics) return null;
        if (!Array.TrueForAll(Base, metrics.ContainsKey)) return null;
        string Value(string metric) => ValueOf(metrics, metric);
        if (!Levels.All(l => Value(l.Key) is [var letter] && letter != ' ' && l.Value.Contains(letter, StringComparison.Ordinal))) return null;
        if (Array.TrueForAll(Impacts, i => Value(i) == "N")) return 0;
        var macro = Cvss4Macro.Of(Value);
        return Cvss4Scores.Of(macro) is { } score ? Math.Round(Math.Clamp(score - Mean(macro, score, Value), 0, 10) + 1e-6, 1, MidpointRounding.AwayFromZero) : null;
    }

    /// <summary>Modified metrics stand for the base metrics; what is not defined is taken for the worst.</summary>
    private static string ValueOf(Dictionary<string, string> metrics, string metric)
    {
        if (metrics.GetValueOrDefault("M" + metric) is { } modified and not "X") return modified;
        if (metrics.GetValueOrDefault(metric) is { } value and not "X") return value;
        return metric == "E" ? "A" : "H";
    }

    private static double Mean(Cvss4Macro macro, double score, Func<string, string> value)
    {
        var way = Cvss4Distance.Of(macro, metric => Levels[metric].IndexOf(value(metric), StringComparison.Ordinal), (metric, letter) => Levels[metric].IndexOf(letter));
        (double? Lower, double Part)[] sets =
        [
            (Cvss4Scores.Of(macro with { Eq1 = macro.Eq1 + 1 }), way.Eq1 / Cvss4Distance.DepthOfEq1(macro.Eq1)),
            (Cvss4Scores.Of(macro with { Eq2 = macro.Eq2 + 1 }), way.Eq2 / Cvss4Distance.DepthOfEq2(macro.Eq2)),
            (LowerOfEq3And6(macro), way.Eq3And6 / Cvss4Distance.DepthOfEq3And6(macro.Eq3, macro.Eq6)),
            (Cvss4Scores.Of(macro with { Eq4 = macro.Eq4 + 1 }), way.Eq4 / Cvss4Distance.DepthOfEq4(macro.Eq4)),
            (Cvss4Scores.Of(macro with { Eq5 = macro.Eq5 + 1 }), 0),
        ];
        var existing = Array.FindAll(sets, s => s.Lower is not null);
        return existing.Length == 0 ? 0 : existing.Sum(s => (score - s.Lower!.Value) * s.Part) / existing.Length;
    }

    private static double? LowerOfEq3And6(Cvss4Macro macro) => macro switch
    {
        { Eq3: 0, Eq6: 0 } => Max(Cvss4Scores.Of(macro with { Eq6 = 1 }), Cvss4Scores.Of(macro with { Eq3 = 1 })),
        { Eq3: 1, Eq6: 0 } => Cvss4Scores.Of(macro with { Eq6 = 1 }),
        _ => Cvss4Scores.Of(macro with { Eq3 = macro.Eq3 + 1 }),
    };

    private static double? Max(double? left, double? right) => left > right ? left : right;
}
