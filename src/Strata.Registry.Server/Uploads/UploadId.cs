using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Registry.Server;

/// <summary>
/// An upload's name: 128 random bits, when it began, and a mark of the repository that it belongs to. So an upload needs no record beside
/// its bytes, and one begun in a repository is unknown in every other. Nobody can name another beginning: no upload has that name.
/// </summary>
internal static class UploadId
{
    private const int RandomBytes = 16;
    private const int TimeBytes = 5;
    private const int MarkBytes = 8;
    private const int Length = 2 * (RandomBytes + TimeBytes + MarkBytes);

    public static string New(string repository, DateTimeOffset now) =>
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))
        + now.ToUnixTimeSeconds().ToString("x10", CultureInfo.InvariantCulture) + MarkOf(repository);

    /// <summary>When the upload began, in whole seconds; null for what is no name of one.</summary>
    public static DateTimeOffset? StartOf(string id)
    {
        if (!IsWellFormed(id)) return null;
        var seconds = long.Parse(id.AsSpan(2 * RandomBytes, 2 * TimeBytes), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>False for anything that could not be an upload of the repository; what is true is safe as a file name.</summary>
    public static bool Belongs(string id, string repository) =>
        IsWellFormed(id) && id.EndsWith(MarkOf(repository), StringComparison.Ordinal);

    private static bool IsWellFormed(string id) => id.Length == Length && !id.AsSpan().ContainsAnyExcept("0123456789abcdef");

    /// <summary>The generation of the blob that the upload becomes; the same however often its end is tried.</summary>
    public static string Generation(string id) => id[..16];

    private static string MarkOf(string repository) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository)).AsSpan(0, MarkBytes));
}
