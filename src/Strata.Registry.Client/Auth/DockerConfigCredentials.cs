using System.Text;
using System.Text.Json;

namespace Strata.Registry.Client;

/// <summary>Reads <c>~/.docker/config.json</c> as docker does: <c>credHelpers</c>, then <c>credsStore</c>, then <c>auths</c>.</summary>
public sealed partial class DockerConfigCredentials(string path) : ICredentialSource
{
    /// <summary>What docker and its credential helpers call docker.io.</summary>
    private const string DockerHubKey = "https://index.docker.io/v1/";

    public static string DefaultPath => Path.Combine(
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"),
        "config.json");

    /// <exception cref="RegistryException">The file is damaged, or a credential helper fails.</exception>
    public async Task<Credential?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken).ConfigureAwait(false) is not { } config) return null;
        if (HelperOf(config, registry) is { } helper && await helper.GetAsync(KeyOf(registry), cancellationToken).ConfigureAwait(false) is { } found) return found;
        return config.Auths?.FirstOrDefault(a => Names(a.Key, registry)).Value is { } auth ? Read(auth) : null;
    }

    /// <summary>Null where there is no file.</summary>
    private async Task<DockerConfig?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return bytes.AsSpan().ContainsAnyExcept(" \t\r\n"u8) ? JsonSerializer.Deserialize(bytes, RegistryJson.Default.DockerConfig) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw NotValid(e);
        }
    }

    private RegistryException NotValid(Exception e) => new($"{path} is not valid JSON", "mend or remove it; `strata login` writes it anew", e);

    /// <summary>Keys may be hosts or whole addresses: <c>https://host/v1/</c> names the host.</summary>
    private static bool Names(string key, string registry)
    {
        if (registry == "docker.io" && key is DockerHubKey or "index.docker.io" or "https://index.docker.io/v1") return true;
        var host = key.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? key[8..]
            : key.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? key[7..] : key;
        var slash = host.IndexOf('/', StringComparison.Ordinal);
        return string.Equals(slash < 0 ? host : host[..slash], registry, StringComparison.OrdinalIgnoreCase);
    }

    private static Credential? Read(DockerAuth auth)
    {
        if (!string.IsNullOrEmpty(auth.IdentityToken)) return new Credential("<token>", auth.IdentityToken, IsToken: true);
        if (!string.IsNullOrEmpty(auth.Username)) return new Credential(auth.Username, auth.Password ?? "");
        if (string.IsNullOrEmpty(auth.Auth)) return null;
        var bytes = new byte[auth.Auth.Length];
        if (!Convert.TryFromBase64String(auth.Auth, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new Credential(text[..colon], text[(colon + 1)..].TrimEnd('\0'));
    }
}
