namespace Strata.Vulnerabilities.Versions.Alpine;

/// <summary>The words after an underscore; those before <see cref="None"/> make a version earlier than the one without.</summary>
internal enum AlpineSuffix
{
    Invalid,
    Alpha,
    Beta,
    Pre,
    Rc,
    None,
    Cvs,
    Svn,
    Git,
    Hg,
    P,
}
