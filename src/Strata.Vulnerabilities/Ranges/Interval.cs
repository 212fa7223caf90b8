namespace Strata.Vulnerabilities.Ranges;

/// <summary>Versions from one to another; null is no end. Which version is earlier, an order says.</summary>
internal sealed record Interval(string? Low, bool IsLowIn, string? High, bool IsHighIn)
{
    public static Interval Everything { get; } = new(Low: null, IsLowIn: true, High: null, IsHighIn: true);
}
