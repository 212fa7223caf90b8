namespace Strata.Vulnerabilities.Versions.Semantic;

/// <summary>semver.org, over what an ecosystem takes for such a version.</summary>
internal sealed class SemanticOrder(SemanticGrammar grammar) : ParsedOrder<SemanticVersion>
{
    protected override string? Parse(string text, out SemanticVersion version) => SemanticParser.Parse(text, grammar, out version);

    protected override int Order(SemanticVersion left, SemanticVersion right) => left.Against(right, asDoubles: grammar.MostNumber is not null);
}
