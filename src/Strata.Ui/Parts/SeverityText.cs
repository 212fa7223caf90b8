using Strata.Vulnerabilities;

namespace Strata.Ui.Parts;

/// <summary>Severities as a page names them; the letter is there so that the colour is never needed.</summary>
public static class SeverityText
{
    public static IReadOnlyList<Severity> WorstFirst { get; } =
        [Severity.Critical, Severity.High, Severity.Medium, Severity.Low, Severity.Negligible, Severity.Unknown];

    public static char Letter(Severity severity) => severity switch
    {
        Severity.Unknown => '?',
        var known => known.ToString()[0],
    };

    public static string Class(Severity severity) => severity.ToString().ToLowerInvariant();
}
