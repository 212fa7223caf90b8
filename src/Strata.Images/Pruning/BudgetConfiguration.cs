using System.Text.Json;
using System.Text.Json.Serialization;
using Strata.Registry.Client;

namespace Strata.Images;

/// <summary>
/// The budget that the configuration file sets: <c>{"images": {"gc": {"maxUsedSpace": "20GB", "reservedSpace": "2GB", "minFreeSpace": "20%",
/// "keepDuration": "48h"}}}</c>, the keys of dockerd's <c>builder.gc</c>.
/// </summary>
public sealed record BudgetConfiguration
{
    /// <summary>False switches the budget off and leaves it in the file.</summary>
    public bool? Enabled { get; init; }

    public string? MaxUsedSpace { get; init; }

    public string? ReservedSpace { get; init; }

    public string? MinFreeSpace { get; init; }

    public string? KeepDuration { get; init; }

    /// <summary>Null when none is set.</summary>
    /// <exception cref="RegistryException">The file cannot be read.</exception>
    /// <exception cref="ImageException">A value is no size or duration.</exception>
    public static Budget? Load()
    {
        var (file, path) = ConfigurationFile.Read(BudgetJson.Default.ConfigurationDocument);
        if (file?.Images?.Gc is not { } gc || gc.Enabled == false) return null;
        var keys = new BudgetKeys(path, "images.gc");
        var budget = new Budget
        {
            MaxUsedSpace = keys.Amount(gc.MaxUsedSpace, "maxUsedSpace"),
            ReservedSpace = keys.Amount(gc.ReservedSpace, "reservedSpace"),
            MinFreeSpace = keys.Amount(gc.MinFreeSpace, "minFreeSpace"),
            KeepDuration = keys.Duration(gc.KeepDuration, "keepDuration"),
        };
        return budget.IsEmpty ? null : budget;
    }
}

internal sealed record ConfigurationDocument
{
    public ImagesSection? Images { get; init; }
}

internal sealed record ImagesSection
{
    public BudgetConfiguration? Gc { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(ConfigurationDocument))]
internal sealed partial class BudgetJson : JsonSerializerContext;
