using System.Security.Cryptography;

namespace Strata.Oci;

/// <summary>The registered algorithms of the OCI image spec, descriptor.md.</summary>
public enum DigestAlgorithm
{
    Sha256,
    Sha512,
}

public static class DigestAlgorithmExtensions
{
    public static string Prefix(this DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? "sha256" : "sha512";

    /// <summary>The hash's length in bytes.</summary>
    public static int HashLength(this DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? 32 : 64;

    /// <summary>An incremental hash of this algorithm; the caller disposes it.</summary>
    public static IncrementalHash StartHash(this DigestAlgorithm algorithm) =>
        IncrementalHash.CreateHash(algorithm == DigestAlgorithm.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512);

    internal static void Hash(this DigestAlgorithm algorithm, ReadOnlySpan<byte> content, Span<byte> hash)
    {
        if (algorithm == DigestAlgorithm.Sha256) SHA256.HashData(content, hash);
        else SHA512.HashData(content, hash);
    }
}
