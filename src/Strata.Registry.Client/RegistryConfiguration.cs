using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Registry.Client;

/// <summary>What the configuration file says of registries.</summary>
public sealed record RegistryConfiguration
{
    /// <summary>Asked before docker.io, in this order.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>Hosts or address ranges that may be plain http. Loopback always may.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Searched when no host is named and no hub runs here.</summary>
    public string DefaultRegistry { get; init; } = "docker.io";

    /// <exception cref="RegistryException">The file is named and not there, or says something that cannot be.</exception>
    public static RegistryConfiguration Load()
    {
        var (file, path) = ConfigurationFile.Read(ConfigurationJson.Default.RegistryKeys);
        var config = new RegistryConfiguration();
        if (file is null) return config;
        var mirrors = file.Mirrors ?? [];
        if (mirrors.FirstOrDefault(m => !m.IsAbsoluteUri || m.Scheme is not ("http" or "https")) is { } wrong)
            throw new RegistryException($"{path}: \"registry-mirrors\" has '{wrong}'", "a mirror is an address with http:// or https:// in front");
        return new RegistryConfiguration
        {
            Mirrors = [.. mirrors.Select(m => m.AbsoluteUri.EndsWith('/') ? m : new Uri(m.AbsoluteUri + "/"))],
            InsecureRegistries = file.InsecureRegistries ?? config.InsecureRegistries,
            DefaultRegistry = file.DefaultRegistry ?? config.DefaultRegistry,
        };
    }

    /// <summary>The options that the configuration asks for.</summary>
    public RegistryClientOptions ToOptions() => new() { Mirrors = Mirrors, InsecureRegistries = InsecureRegistries };
}

/// <summary>The keys as the file has them. Any may be missing: a generated reader knows no defaults of init-only properties.</summary>
internal sealed record RegistryKeys
{
    [JsonPropertyName("registry-mirrors")]
    public IReadOnlyList<Uri>? Mirrors { get; init; }

    [JsonPropertyName("insecure-registries")]
    public IReadOnlyList<string>? InsecureRegistries { get; init; }

    [JsonPropertyName("default-registry")]
    public string? DefaultRegistry { get; init; }
}

[JsonSourceGenerationOptions(ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(RegistryKeys))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
