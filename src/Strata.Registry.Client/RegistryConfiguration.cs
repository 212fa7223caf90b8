using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Registry.Client;

/// <summary>
/// The configuration file: <c>$STRATA_CONFIG</c>, else <c>~/.config/strata/config.json</c>, else <c>/etc/strata/config.json</c>. Its keys are those
/// of dockerd's daemon.json where that has them; keys of others are passed over.
/// </summary>
public sealed record RegistryConfiguration
{
    /// <summary>Asked before docker.io, in this order.</summary>
    [JsonPropertyName("registry-mirrors")]
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>Hosts or address ranges that may be plain http. Loopback always may.</summary>
    [JsonPropertyName("insecure-registries")]
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Searched when no host is named and no hub runs here.</summary>
    [JsonPropertyName("default-registry")]
    public string DefaultRegistry { get; init; } = "docker.io";

    /// <exception cref="RegistryException">The file is named and not there, or says something that cannot be.</exception>
    public static RegistryConfiguration Load()
    {
        var named = Environment.GetEnvironmentVariable("STRATA_CONFIG");
        var path = !string.IsNullOrEmpty(named) ? named : Candidates().FirstOrDefault(File.Exists);
        if (path is null) return new RegistryConfiguration();
        try
        {
            var config = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConfigurationJson.Default.RegistryConfiguration) ?? new RegistryConfiguration();
            if (config.Mirrors.FirstOrDefault(m => !m.IsAbsoluteUri || m.Scheme is not ("http" or "https")) is { } wrong)
                throw new RegistryException($"{path}: \"registry-mirrors\" has '{wrong}'", "a mirror is an address with http:// or https:// in front");
            return config with { Mirrors = [.. config.Mirrors.Select(m => m.AbsoluteUri.EndsWith('/') ? m : new Uri(m.AbsoluteUri + "/"))] };
        }
        catch (JsonException e)
        {
            throw new RegistryException($"{path} is not valid: {e.Message}", "mend it, or name another file in $STRATA_CONFIG", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"the configuration {path} cannot be read: {e.Message}", "mend it, or name another file in $STRATA_CONFIG", e);
        }
    }

    /// <summary>The options that the configuration asks for.</summary>
    public RegistryClientOptions ToOptions() => new() { Mirrors = Mirrors, InsecureRegistries = InsecureRegistries };

    private static IEnumerable<string> Candidates()
    {
        var home = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        yield return Path.Combine(home, "strata", "config.json");
        yield return "/etc/strata/config.json";
    }
}

[JsonSourceGenerationOptions(ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(RegistryConfiguration))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
