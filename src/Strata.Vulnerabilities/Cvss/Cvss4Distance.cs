namespace Strata.Vulnerabilities.Cvss;

/// <summary>How many steps a vector is below the worst vector of its macro vector, for each set. CVSS v4.0 specification, section 8.2.</summary>
internal sealed record Cvss4Distance(double Eq1, double Eq2, double Eq3And6, double Eq4)
{
    private static readonly string[][] WorstOfEq1 = [["AV:N PR:N UI:N"], ["AV:A PR:N UI:N", "AV:N PR:L UI:N", "AV:N PR:N UI:P"], ["AV:P PR:N UI:N", "AV:A PR:L UI:P"]];
    private static readonly string[][] WorstOfEq2 = [["AC:L AT:N"], ["AC:H AT:N", "AC:L AT:P"]];
    private static readonly string[][] WorstOfEq4 = [["SC:H SI:S SA:S"], ["SC:H SI:H SA:H"], ["SC:L SI:L SA:L"]];

    /// <summary>By EQ3 and EQ6: 00, 01, 10, 11, none, 21.</summary>
    private static readonly string[][] WorstOfEq3And6 =
    [
        ["VC:H VI:H VA:H CR:H IR:H AR:H"],
        ["VC:H VI:H VA:L CR:M IR:M AR:H", "VC:H VI:H VA:H CR:M IR:M AR:M"],
        ["VC:L VI:H VA:H CR:H IR:H AR:H", "VC:H VI:L VA:H CR:H IR:H AR:H"],
        ["VC:L VI:H VA:L CR:H IR:M AR:H", "VC:L VI:H VA:H CR:H IR:M AR:M", "VC:H VI:L VA:H CR:M IR:H AR:M", "VC:H VI:L VA:L CR:M IR:H AR:H", "VC:L VI:L VA:H CR:H IR:H AR:M"],
        [],
        ["VC:L VI:L VA:L CR:H IR:H AR:H"],
    ];

    /// <param name="level">Where the vector stands in a metric.</param>
    /// <param name="levelOf">Where a letter stands in a metric.</param>
    public static Cvss4Distance Of(Cvss4Macro macro, Func<string, int> level, Func<string, char, int> levelOf) => new(
        Steps(WorstOfEq1[macro.Eq1], level, levelOf),
        Steps(WorstOfEq2[macro.Eq2], level, levelOf),
        Steps(WorstOfEq3And6[macro.Eq3 * 2 + macro.Eq6], level, levelOf),
        Steps(WorstOfEq4[macro.Eq4], level, levelOf));

    public static double DepthOfEq1(int eq1) => eq1 switch { 0 => 1, 1 => 4, _ => 5 };

    public static double DepthOfEq2(int eq2) => eq2 == 0 ? 1 : 2;

    public static double DepthOfEq3And6(int eq3, int eq6) => (eq3, eq6) switch { (0, 0) => 7, (0, 1) => 6, (1, _) => 8, _ => 10 };

    public static double DepthOfEq4(int eq4) => eq4 switch { 0 => 6, 1 => 5, _ => 4 };

    /// <summary>From the first of the worst that is nowhere better than the vector.</summary>
    private static double Steps(string[] worst, Func<string, int> level, Func<string, char, int> levelOf)
    {
        foreach (var candidate in worst)
        {
            var steps = Array.ConvertAll(candidate.Split(' '), m => level(m[..2]) - levelOf(m[..2], m[3]));
            if (Array.TrueForAll(steps, s => s >= 0)) return steps.Sum();
        }

        return 0;
    }
}
