namespace Strata.Packages.Comparing;

/// <summary>A package that one of two images has and the other has not, or has in another version.</summary>
/// <param name="Before">Null when it came.</param>
/// <param name="After">Null when it went.</param>
public sealed record PackageChange(Package? Before, Package? After)
{
    public string Type => Either.Type;

    public string Name => Either.Name;

    public string? Architecture => Either.Architecture;

    private Package Either => After ?? Before ?? throw new InvalidOperationException("a change is of a package");
}
