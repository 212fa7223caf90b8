using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Strata.Registry.Client;

/// <summary>
/// The configuration file: <c>$STRATA_CONFIG</c>, else <c>~/.config/strata/config.json</c>, else <c>/etc/strata/config.json</c>. Its keys are those
/// of dockerd's daemon.json where that has them. Each room reads its own, and passes over those of others.
/// </summary>
public static class ConfigurationFile
{
    /// <summary>What the file says, and where it is; nothing when there is none.</summary>
    /// <exception cref="RegistryException">The file is named and not there, or is not valid.</exception>
    public static (T? Content, string Path) Read<T>(JsonTypeInfo<T> type) where T : class
    {
        var named = Environment.GetEnvironmentVariable("STRATA_CONFIG");
        var path = !string.IsNullOrEmpty(named) ? named : Candidates().FirstOrDefault(File.Exists);
        if (path is null) return (null, "");
        try
        {
            return (JsonSerializer.Deserialize(File.ReadAllBytes(path), type), path);
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

    private static IEnumerable<string> Candidates()
    {
        var home = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        yield return Path.Combine(home, "strata", "config.json");
        yield return "/etc/strata/config.json";
    }
}
