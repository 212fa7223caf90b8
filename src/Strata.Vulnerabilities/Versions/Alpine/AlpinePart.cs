namespace Strata.Vulnerabilities.Versions.Alpine;

/// <summary>The parts of an Alpine version in the order in which they may follow each other; one that comes earlier is the greater.</summary>
internal enum AlpinePart
{
    First,
    Number,
    Letter,
    Suffix,
    SuffixNumber,
    Hash,
    Revision,
    End,
    Invalid,
}
