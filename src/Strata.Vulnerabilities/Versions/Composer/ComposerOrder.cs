using System.Diagnostics.CodeAnalysis;

namespace Strata.Vulnerabilities.Versions.Composer;

/// <summary>The order of Composer: versions in their normal form by PHP's version_compare.</summary>
internal sealed class ComposerOrder : ParsedOrder<string>
{
    protected override string? Parse(string text, [MaybeNull] out string version)
    {
        version = ComposerVersion.Normalize(text);
        return version is null ? "it is no version of Composer" : null;
    }

    protected override int Order(string left, string right) => PhpVersion.Compare(left, right);
}
