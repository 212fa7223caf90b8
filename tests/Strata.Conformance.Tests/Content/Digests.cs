using System.Security.Cryptography;

namespace Strata.Conformance.Tests;

/// <summary>Digests as text, worked out here: the judge must not share the code that it judges.</summary>
internal static class Digests
{
    public const string Sha256 = "sha256";
    public const string Sha512 = "sha512";

    /// <summary>For tests that hold with either.</summary>
    public static TheoryData<string> Both => [Sha256, Sha512];

    public static string Of(byte[] content, string algorithm = Sha256) =>
        $"{algorithm}:{Convert.ToHexStringLower(algorithm == Sha512 ? SHA512.HashData(content) : SHA256.HashData(content))}";

    /// <summary>A push location may have a query already, which must be kept.</summary>
    public static string Onto(string location, string digest) => location + (location.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "digest=" + digest;
}
