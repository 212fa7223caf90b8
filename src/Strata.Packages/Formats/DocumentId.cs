using System.Security.Cryptography;
using System.Text;

namespace Strata.Packages.Formats;

/// <summary>Identifiers that are made from what they name, so that the same input gives the same document.</summary>
internal static class DocumentId
{
    /// <summary>A UUID of version 8, made by a hash of one's own. RFC 9562, section 5.8.</summary>
    public static Guid Of(SbomSubject subject, ImagePackages packages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, subject.Name);
        Add(hash, subject.Digest?.ToString() ?? "");
        // What the image was made from may become known later: that is another document.
        if (packages.Base is { } madeFrom) Add(hash, $"base {madeFrom.Name} {madeFrom.Digest} {madeFrom.Layers}");
        foreach (var package in packages.Packages) Add(hash, package.Purl);
        var bytes = hash.GetHashAndReset()[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>RFC 3339 to the second, UTC; the beginning of 1970 where no time is known.</summary>
    public static string Time(DateTimeOffset? time) =>
        (time ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
}
