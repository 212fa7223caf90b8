using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions.Haskell;

/// <summary>The order of Cabal's versions: lists of numbers, of which 1 is before 1.0.</summary>
internal sealed class HackageOrder : ParsedOrder<string>
{
    private const int MostDigits = 9;

    protected override string? Parse(string text, out string version)
    {
        version = text;
        if (text.Length == 0 || text[^1] == '.') return "it is not numbers with dots between them";
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var number = Identifiers.Take(ref rest);
            if (!Digits.Are(number)) return "it is not numbers with dots between them";
            if (number.Length > MostDigits || number.Length > 1 && number[0] == '0') return $"the number {number} is written as none";
        }

        return null;
    }

    protected override int Order(string left, string right) => NumberLists.Compare(left, right);
}
