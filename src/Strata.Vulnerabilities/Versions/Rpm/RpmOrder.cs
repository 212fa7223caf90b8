namespace Strata.Vulnerabilities.Versions.Rpm;

/// <summary>rpm's order, of every distribution that is made of rpms.</summary>
internal sealed class RpmOrder : ParsedOrder<RpmVersion>
{
    protected override string? Parse(string text, out RpmVersion version)
    {
        var parsed = RpmVersion.TryParse(text);
        version = parsed.GetValueOrDefault();
        return parsed is null ? "it is empty" : null;
    }

    protected override int Order(RpmVersion left, RpmVersion right) => left.Against(right);
}
