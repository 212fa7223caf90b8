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
        var keys = new BudgetKeys(path, "builder.gc");
        var budget = new Budget
        {
            MaxUsedSpace = gc.DefaultMaxUsedSpace is null ? keys.Amount(gc.DefaultKeepStorage, "defaultKeepStorage") : keys.Amount(gc.DefaultMaxUsedSpace, "defaultMaxUsedSpace"),
            ReservedSpace = keys.Amount(gc.DefaultReservedSpace, "defaultReservedSpace"),
            MinFreeSpace = keys.Amount(gc.DefaultMinFreeSpace, "defaultMinFreeSpace"),
            KeepDuration = keys.Duration(gc.KeepDuration, "keepDuration"),
        };
        return budget.IsEmpty ? null : budget;
    }
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
