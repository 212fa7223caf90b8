using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Strata.Packages.Catalogers;

/// <summary>All that a document says about a package, as one number. See <see cref="Facts.PackageFact.Fingerprint"/>.</summary>
internal static class Fingerprint
{
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>Of what was appended since the last time.</summary>
    public static ulong Of(IncrementalHash text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        text.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
