namespace Strata.Vulnerabilities.Versions.Semantic;

/// <summary>The order of Dart's pub, for which the build counts as well: with one is later than without.</summary>
internal sealed class PubOrder : ParsedOrder<SemanticVersion>
{
    private static readonly SemanticGrammar Grammar = new() { LeadingZeros = true };

    protected override string? Parse(string text, out SemanticVersion version) => SemanticParser.Parse(text, Grammar, out version);

    protected override int Order(SemanticVersion left, SemanticVersion right)
    {
        var order = left.Against(right);
        return order != 0 ? order : Identifiers.Compare(left.Build.Span, right.Build.Span);
    }
}
