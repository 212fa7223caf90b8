namespace Strata.Vulnerabilities.Versions.R;

/// <summary>The order of R's package_version: numbers with dots or hyphens between them; of two that agree so far, the longer is later.</summary>
internal sealed class ROrder : ParsedOrder<string>
{
    protected override string? Parse(string text, out string version)
    {
        version = text.Trim().Replace('-', '.');
        var rest = version.AsSpan();
        while (true)
        {
            if (Digits.Take(ref rest).IsEmpty) return "it is not numbers with dots or hyphens between them";
            if (rest.IsEmpty) return null;
            if (rest[0] != '.') return "it is not numbers with dots or hyphens between them";
            rest = rest[1..];
        }
    }

    protected override int Order(string left, string right) => NumberLists.Compare(left, right);
}
