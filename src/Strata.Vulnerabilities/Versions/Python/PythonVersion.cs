namespace Strata.Vulnerabilities.Versions.Python;

/// <summary>A version of PEP 440, normalized. A number that is null is a part that is not there; an empty one is 0.</summary>
internal sealed record PythonVersion
{
    public required string Epoch { get; init; }

    /// <summary>With dots, without trailing zeros: <c>1.0</c> is <c>1</c>.</summary>
    public required string Release { get; init; }

    /// <summary><c>a</c>, <c>b</c> or <c>rc</c>.</summary>
    public string? PreKind { get; init; }

    public string? Pre { get; init; }

    public string? Post { get; init; }

    public string? Dev { get; init; }

    /// <summary>Lowercase, with dots.</summary>
    public string? Local { get; init; }
}
