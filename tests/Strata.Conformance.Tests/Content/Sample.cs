using System.Security.Cryptography;

namespace Strata.Conformance.Tests;

/// <summary>Content that no registry has seen.</summary>
internal static class Sample
{
    public static byte[] Bytes(int size = 512) => RandomNumberGenerator.GetBytes(size);
}
