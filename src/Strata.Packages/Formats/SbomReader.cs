using System.Text.Json;
using Strata.Packages.Formats.CycloneDx;
using Strata.Packages.Formats.Spdx;

namespace Strata.Packages.Formats;

/// <summary>Reads a bill of materials of either format.</summary>
public static class SbomReader
{
    /// <summary>A document of a very large image has some 100 MiB.</summary>
    private const long MostBytes = 512L * 1024 * 1024;

    /// <exception cref="InvalidDataException">The file is no bill of materials that this program knows; the message says why.</exception>
    public static ImagePackages Read(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > MostBytes) throw new InvalidDataException($"it has {stream.Length} bytes; the most that is read is {MostBytes}");
        try
        {
            using var document = JsonDocument.Parse(stream);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"it is no JSON: {e.Message}", e);
        }
    }

    /// <exception cref="InvalidDataException">It is no bill of materials that this program knows.</exception>
    internal static ImagePackages Read(JsonElement root) => TryRead(root) ?? throw new InvalidDataException("it is neither CycloneDX JSON nor SPDX 2 JSON");

    /// <summary>Null when it is no bill of materials that this program knows.</summary>
    internal static ImagePackages? TryRead(JsonElement root) =>
        CycloneDxReader.Recognizes(root) ? CycloneDxReader.Read(root)
        : SpdxReader.Recognizes(root) ? SpdxReader.Read(root)
        : null;
}
