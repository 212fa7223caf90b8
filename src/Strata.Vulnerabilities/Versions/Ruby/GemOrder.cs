using System.Diagnostics.CodeAnalysis;

namespace Strata.Vulnerabilities.Versions.Ruby;

/// <summary>The order of Gem::Version.</summary>
internal sealed class GemOrder : ParsedOrder<GemVersion>
{
    protected override string? Parse(string text, [MaybeNull] out GemVersion version)
    {
        version = GemVersion.TryParse(text);
        return version is null ? "it is no version of RubyGems" : null;
    }

    protected override int Order(GemVersion left, GemVersion right) => left.Against(right);
}
