using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Packages.Facts;

/// <summary>A path as a number: the facts of a layer would otherwise be mostly paths that nobody asks for.</summary>
internal static class PathHash
{
    /// <param name="path">Relative to the root, without a leading slash.</param>
    public static ulong Of(string path)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(path), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
