using System.Text.Json;
using System.Text.Json.Serialization;
using Strata.Images;
using Strata.Registry.Client;

namespace Strata.Build;

/// <summary>
/// The budget of the cache of builds that the configuration file sets, with the keys of dockerd: <c>{"builder": {"gc": {"enabled": true,
/// "defaultMaxUsedSpace": "20GB", "defaultReservedSpace": "2GB", "defaultMinFreeSpace": "20%", "defaultKeepStorage": "20GB"}}}</c>.
/// </summary>
public sealed record CacheBudgetConfiguration
{
    public bool? Enabled { get; init; }

    /// <summary>Its older name for <see cref="DefaultMaxUsedSpace"/>.</summary>
    public string? DefaultKeepStorage { get; init; }

    public string? DefaultMaxUsedSpace { get; init; }

    public string? DefaultReservedSpace { get; init; }

    public string? DefaultMinFreeSpace { get; init; }

    /// <summary>What was used within this time stays.</summary>
    public string? KeepDuration { get; init; }

    /// <summary>Dockerd's rules by kind of record: all records here are of one kind.</summary>
    public JsonElement? Policy { get; init; }

    /// <summary>Null when none is set.</summary>
    /// <exception cref="RegistryException">The file cannot be read.</exception>
    /// <exception cref="ImageException">A value is no size or duration.</exception>
    public static Budget? Load()
    {
        var (file, path) = ConfigurationFile.Read(CacheBudgetJson.Default.BuilderDocument);
        if (file?.Builder?.Gc is not { } gc || gc.Enabled == false) return null;
        if (gc.Policy is not null) throw new ImageException($"{path}: \"builder.gc.policy\" is not done", "set builder.gc.defaultMaxUsedSpace and its like");
        var budget = new Budget
        {
            MaxUsedSpace = Amount(gc.DefaultMaxUsedSpace ?? gc.DefaultKeepStorage, gc.DefaultMaxUsedSpace is null ? "defaultKeepStorage" : "defaultMaxUsedSpace", path),
            ReservedSpace = Amount(gc.DefaultReservedSpace, "defaultReservedSpace", path),
            MinFreeSpace = Amount(gc.DefaultMinFreeSpace, "defaultMinFreeSpace", path),
            KeepDuration = gc.KeepDuration is null ? null : Durations.TryParse(gc.KeepDuration) ?? throw Wrong(path, "keepDuration", gc.KeepDuration, "write a duration such as 48h or 7d"),
        };
        return budget.IsEmpty ? null : budget;
    }

    private static DiskAmount? Amount(string? text, string key, string path)
    {
        if (text is null) return null;
        return DiskAmount.TryParse(text, out var amount) ? amount : throw Wrong(path, key, text, "write a size such as 20GB, or a share of the disk such as 20%");
    }

    private static ImageException Wrong(string path, string key, string value, string advice) => new($"{path}: \"builder.gc.{key}\" is '{value}'", advice);
}

internal sealed record BuilderDocument
{
    public BuilderSection? Builder { get; init; }
}

internal sealed record BuilderSection
{
    public CacheBudgetConfiguration? Gc { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(BuilderDocument))]
internal sealed partial class CacheBudgetJson : JsonSerializerContext;
