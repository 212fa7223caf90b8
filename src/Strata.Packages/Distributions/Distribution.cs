namespace Strata.Packages.Distributions;

/// <summary>The distribution by its os-release file. os-release(5).</summary>
public sealed record Distribution
{
    /// <summary><c>ID</c>, lowercase: <c>debian</c>. <c>linux</c> where the file names none, as os-release(5) says.</summary>
    public required string Id { get; init; }

    /// <summary><c>VERSION_ID</c>: <c>12</c>, <c>22.04</c>; null for rolling releases.</summary>
    public string? VersionId { get; init; }

    /// <summary><c>PRETTY_NAME</c>: <c>Debian GNU/Linux 12 (bookworm)</c>.</summary>
    public string? PrettyName { get; init; }

    /// <summary><c>VERSION_CODENAME</c>: <c>bookworm</c>.</summary>
    public string? Codename { get; init; }
}
