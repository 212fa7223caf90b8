using System.Globalization;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>How a layer is compressed. Another one gives another digest of the same files.</summary>
/// <param name="Level">1 to 9 for gzip, 1 to 22 for zstd; null leaves it to who writes the layer.</param>
public sealed record LayerCompression(LayerCompressionKind Kind, int? Level = null)
{
    public static LayerCompression Gzip { get; } = new(LayerCompressionKind.Gzip);

    public string MediaType => Kind switch
    {
        LayerCompressionKind.Gzip => MediaTypes.OciLayerGzip,
        LayerCompressionKind.Zstd => MediaTypes.OciLayerZstd,
        _ => MediaTypes.OciLayer,
    };

    /// <exception cref="FormatException">There is none such, or its level is not one.</exception>
    public static LayerCompression Parse(string kind, string? level)
    {
        var parsed = kind switch
        {
            "gzip" => LayerCompressionKind.Gzip,
            "zstd" => LayerCompressionKind.Zstd,
            "uncompressed" => LayerCompressionKind.None,
            _ => throw new FormatException($"unsupported layer compression type '{kind}': there are gzip, zstd and uncompressed"),
        };
        if (level is null) return new LayerCompression(parsed);
        var most = parsed == LayerCompressionKind.Zstd ? 22 : 9;
        return int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? new LayerCompression(parsed, number)
            : throw new FormatException($"compression level '{level}' is not from 0 to {most}");
    }

    public override string ToString() => Level is null ? Kind.ToString().ToLowerInvariant() : string.Create(CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()}:{Level}");
}

public enum LayerCompressionKind
{
    Gzip,
    Zstd,
    None,
}
