using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions.Go;

/// <summary>
/// The order of Go modules (golang.org/x/mod/semver; the <c>v</c> may be missing, as in advisories) and of Go itself (go/version). One of
/// each kind are compared as the vulnerability database of Go does, by the semantic form of the toolchain's version.
/// </summary>
internal sealed class GoOrder : ParsedOrder<GoVersion>
{
    private static readonly SemanticGrammar Grammar = new() { Prefix = true, Short = true };

    protected override string? Parse(string text, out GoVersion version)
    {
        version = default;
        if (!GoToolchain.IsMeant(text))
        {
            var why = SemanticParser.Parse(text, Grammar, out var semantic);
            version = new GoVersion(semantic, Toolchain: null);
            return why;
        }

        if (GoToolchain.TryParse(text) is not { } toolchain) return "it is no version of Go";
        SemanticParser.Parse(toolchain.ToSemantic(), Grammar, out var form);
        version = new GoVersion(form, toolchain);
        return null;
    }

    protected override int Order(GoVersion left, GoVersion right) =>
        left.Toolchain is { } a && right.Toolchain is { } b ? a.Against(b) : left.Semantic.Against(right.Semantic);
}
