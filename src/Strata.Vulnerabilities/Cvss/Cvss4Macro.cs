namespace Strata.Vulnerabilities.Cvss;

/// <summary>The equivalence sets of a vector, 0 is the worst of each. CVSS v4.0 specification, section 8.2.</summary>
internal sealed record Cvss4Macro(int Eq1, int Eq2, int Eq3, int Eq4, int Eq5, int Eq6)
{
    public static Cvss4Macro Of(Func<string, string> m)
    {
        bool Is(string metric, string value) => m(metric) == value;
        var open = (Is("AV", "N") ? 1 : 0) + (Is("PR", "N") ? 1 : 0) + (Is("UI", "N") ? 1 : 0);
        var eq3 = Is("VC", "H") && Is("VI", "H") ? 0 : Is("VC", "H") || Is("VI", "H") || Is("VA", "H") ? 1 : 2;
        var eq4 = Is("SI", "S") || Is("SA", "S") ? 0 : Is("SC", "H") || Is("SI", "H") || Is("SA", "H") ? 1 : 2;
        var wanted = Is("CR", "H") && Is("VC", "H") || Is("IR", "H") && Is("VI", "H") || Is("AR", "H") && Is("VA", "H");
        return new Cvss4Macro(
            open == 3 ? 0 : open > 0 && !Is("AV", "P") ? 1 : 2,
            Is("AC", "L") && Is("AT", "N") ? 0 : 1,
            eq3,
            eq4,
            m("E") switch { "P" => 1, "U" => 2, _ => 0 },
            wanted ? 0 : 1);
    }
}
