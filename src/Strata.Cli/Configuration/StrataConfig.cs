using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Cli.Configuration;

/// <summary>
/// The configuration file: <c>$STRATA_CONFIG</c>, else <c>~/.config/strata/config.json</c>, else <c>/etc/strata/config.json</c>. Its keys are those
/// of dockerd's daemon.json where that has them; keys of others are passed over.
/// </summary>
internal sealed record StrataConfig
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

    /// <exception cref="UsageException">The file is named and not there, or says something that cannot be.</exception>
    public static StrataConfig Load()
    {
        var named = Environment.GetEnvironmentVariable("STRATA_CONFIG");
        var path = !string.IsNullOrEmpty(named) ? named : Candidates().FirstOrDefault(File.Exists);
        if (path is null) return new StrataConfig();
        try
        {
            var config = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConfigJson.Default.StrataConfig) ?? new StrataConfig();
            if (config.Mirrors.FirstOrDefault(m => !m.IsAbsoluteUri || m.Scheme is not ("http" or "https")) is { } wrong)
                throw new UsageException($"{path}: \"registry-mirrors\" has '{wrong}'", "a mirror is an address with http:// or https:// in front");
            return config with { Mirrors = [.. config.Mirrors.Select(m => m.AbsoluteUri.EndsWith('/') ? m : new Uri(m.AbsoluteUri + "/"))] };
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path} is not valid: {e.Message}", "mend it, or name another file in $STRATA_CONFIG");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the configuration {path} cannot be read: {e.Message}", "mend it, or name another file in $STRATA_CONFIG");
        }
    }

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
[JsonSerializable(typeof(StrataConfig))]
internal sealed partial class ConfigJson : JsonSerializerContext;
