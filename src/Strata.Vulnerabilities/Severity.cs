namespace Strata.Vulnerabilities;

/// <summary>How bad, from unknown (nobody said) upwards. A greater value is worse.</summary>
public enum Severity
{
    Unknown,

    /// <summary>Without impact in practice: a CVSS score of 0, Debian's "unimportant", Ubuntu's "negligible".</summary>
    Negligible,
    Low,
    Medium,
    High,
    Critical,
}
