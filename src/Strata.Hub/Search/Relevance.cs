namespace Strata.Hub;

/// <summary>How well a repository answers a query; the smaller, the better. Badges and stars order what is equally good, they never match.</summary>
internal enum Relevance
{
    ExactName,
    ExactBaseName,
    BaseNamePrefix,
    NamePrefix,
    WordsInName,
    WordsInText,
    None,
}
