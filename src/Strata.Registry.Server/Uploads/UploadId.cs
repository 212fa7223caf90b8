using System.Security.Cryptography;
using System.Text;

namespace Strata.Registry.Server;

/// <summary>
/// An upload's name: 128 random bits, and a mark of the repository that it belongs to. So an upload needs no record beside its bytes, and
/// one begun in a repository is unknown in every other.
/// </summary>
internal static class UploadId
{
    private const int RandomBytes = 16;
    private const int MarkBytes = 8;
    private const int Length = 2 * (RandomBytes + MarkBytes);

    public static string New(string repository) =>
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)) + MarkOf(repository);

    /// <summary>False for anything that could not be an upload of the repository; what is true is safe as a file name.</summary>
    public static bool Belongs(string id, string repository) =>
        id.Length == Length && !id.AsSpan().ContainsAnyExcept("0123456789abcdef") && id.EndsWith(MarkOf(repository), StringComparison.Ordinal);

    /// <summary>The generation of the blob that the upload becomes; the same however often its end is tried.</summary>
    public static string Generation(string id) => id[..16];

    private static string MarkOf(string repository) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository)).AsSpan(0, MarkBytes));
}
