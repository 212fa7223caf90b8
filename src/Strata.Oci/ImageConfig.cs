using System.Text.Json.Serialization;

namespace Strata.Oci;

/// <summary>How an image runs, and how it was made. OCI image spec, config.md, with the fields that Docker adds.</summary>
public sealed record ImageConfig
{
    /// <summary>No real config comes near; a larger one is an attack.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    [JsonPropertyName("author")]
    public string? Author { get; init; }

    [JsonPropertyName("architecture")]
    public string Architecture { get; init; } = "";

    [JsonPropertyName("os")]
    public string Os { get; init; } = "";

    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    [JsonPropertyName("config")]
    public ContainerConfig? Config { get; init; }

    [JsonPropertyName("rootfs")]
    public required RootFs RootFs { get; init; }

    [JsonPropertyName("history")]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    [JsonIgnore]
    public Platform Platform => new() { Architecture = Architecture, Os = Os, Variant = Variant, OsVersion = OsVersion };

    /// <exception cref="DocumentException">The bytes are no image config; the message says why.</exception>
    public static ImageConfig Parse(ReadOnlySpan<byte> json)
    {
        var config = Documents.Read(json, MaxBytes, "image config", OciJson.Default.ImageConfig);
        if (config.RootFs?.DiffIds is null) throw new DocumentException("image config has no rootfs.diff_ids");
        if (config.RootFs.DiffIds.Any(d => !d.IsKnown)) throw new DocumentException("image config has an empty diff_id");
        return config;
    }

    public byte[] ToBytes() => Documents.Write(this, OciJson.Default.ImageConfig);

    /// <summary>
    /// For each layer, the history entry that made it: history counts entries that made no layer, so the two lists are walked together.
    /// Null where the history is missing or too short.
    /// </summary>
    public IReadOnlyList<HistoryEntry?> HistoryOfLayers()
    {
        var made = (History ?? []).Where(h => !h.EmptyLayer).ToArray();
        return [.. RootFs.DiffIds.Select((_, i) => i < made.Length ? made[i] : null)];
    }
}

/// <summary>The layers by the digest of their uncompressed tar, the base first.</summary>
public sealed record RootFs
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "layers";

    [JsonPropertyName("diff_ids")]
    public required IReadOnlyList<Digest> DiffIds { get; init; }
}

/// <summary>One instruction that made the image.</summary>
public sealed record HistoryEntry
{
    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    [JsonPropertyName("author")]
    public string? Author { get; init; }

    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    [JsonPropertyName("empty_layer")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EmptyLayer { get; init; }
}
