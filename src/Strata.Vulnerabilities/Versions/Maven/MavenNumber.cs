namespace Strata.Vulnerabilities.Versions.Maven;

/// <summary>A number, after every qualifier and every list.</summary>
internal sealed class MavenNumber(string digits) : MavenItem
{
    public override bool IsNull { get; } = digits.AsSpan().TrimStart('0').IsEmpty;

    private string Value { get; } = digits;

    public override int Against(MavenItem? other) => other switch
    {
        null => IsNull ? 0 : 1,
        MavenNumber number => Digits.Compare(Value, number.Value),
        _ => 1,
    };
}
