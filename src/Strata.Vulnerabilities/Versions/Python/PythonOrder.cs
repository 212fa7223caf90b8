using System.Diagnostics.CodeAnalysis;
using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions.Python;

/// <summary>The order of PEP 440, as the package packaging has it. Versions from before it stand nowhere.</summary>
internal sealed class PythonOrder : ParsedOrder<PythonVersion>
{
    protected override string? Parse(string text, [MaybeNull] out PythonVersion version)
    {
        version = PythonReader.Read(text);
        return version is null ? "it is no version of PEP 440" : null;
    }

    protected override int Order(PythonVersion left, PythonVersion right)
    {
        var order = Digits.Compare(left.Epoch, right.Epoch);
        if (order == 0) order = NumberLists.Compare(left.Release, right.Release);
        if (order == 0) order = Stage(left) - Stage(right);
        if (order == 0) order = string.CompareOrdinal(left.PreKind, right.PreKind);
        if (order == 0) order = Digits.Compare(left.Pre, right.Pre);
        // None is before any after-release, and after any development release.
        if (order == 0) order = Number(left.Post, right.Post, none: -1);
        if (order == 0) order = Number(left.Dev, right.Dev, none: 1);
        return order != 0 ? order : Local(left.Local, right.Local);
    }

    /// <summary>A development release of nothing but a release is before its pre-releases, and they are before the release.</summary>
    private static int Stage(PythonVersion version) =>
        version.PreKind is not null ? 1 : version is { Post: null, Dev: not null } ? 0 : 2;

    private static int Number(string? left, string? right, int none)
    {
        if (left is null || right is null) return left is null ? (right is null ? 0 : none) : -none;
        return Digits.Compare(left, right);
    }

    /// <summary>Here, other than in semantic versions, words are before numbers.</summary>
    private static int Local(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = Identifiers.Take(ref left);
            var b = Identifiers.Take(ref right);
            var (isNumber, isOtherNumber) = (Digits.Are(a), Digits.Are(b));
            var order = isNumber && isOtherNumber ? Digits.Compare(a, b)
                : isNumber != isOtherNumber ? (isNumber ? 1 : -1)
                : a.SequenceCompareTo(b);
            if (order != 0) return order;
        }

        return left.Length - right.Length;
    }
}
