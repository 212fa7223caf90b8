using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Strata.Registry.Client;

/// <summary>Reads <c>~/.docker/config.json</c> as docker does: <c>credHelpers</c>, then <c>credsStore</c>, then <c>auths</c>.</summary>
public sealed class DockerConfigCredentials(string path) : ICredentialSource
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
        DockerConfig? config;
        try
        {
            var file = File.OpenRead(path);
            await using (file.ConfigureAwait(false))
                config = await JsonSerializer.DeserializeAsync(file, RegistryJson.Default.DockerConfig, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new RegistryException($"{path} is not valid JSON", "mend or remove it; `strata login` writes it anew", e);
        }
        var key = registry == "docker.io" ? DockerHubKey : registry;
        var helper = config?.CredHelpers?.GetValueOrDefault(registry) ?? config?.CredHelpers?.GetValueOrDefault(key) ?? config?.CredsStore;
        if (!string.IsNullOrEmpty(helper) && await AskHelperAsync(helper, key, cancellationToken).ConfigureAwait(false) is { } found) return found;
        return config?.Auths?.FirstOrDefault(a => Names(a.Key, registry)).Value is { } auth ? Read(auth) : null;
    }

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

    private static async Task<Credential?> AskHelperAsync(string helper, string key, CancellationToken cancellationToken)
    {
        var name = "docker-credential-" + helper;
        if (helper.AsSpan().ContainsAny('/', '\0')) throw new RegistryException($"'{helper}' is not the name of a credential helper");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, "get")
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await process.StandardInput.WriteAsync(key.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
            var answer = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            // A helper says "not found" with a failure; being anonymous is then right.
            if (process.ExitCode != 0) return null;
            var found = JsonSerializer.Deserialize(answer, RegistryJson.Default.HelperAnswer);
            return found?.Username is null || found.Secret is null ? null
                : new Credential(found.Username, found.Secret, IsToken: found.Username == "<token>");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new RegistryException($"the credential helper {name} cannot be started", "install it, or remove it from ~/.docker/config.json", e);
        }
        catch (JsonException e)
        {
            throw new RegistryException($"the credential helper {name} answered with something else than JSON", "try it by hand: " + name + " get", e);
        }
    }
}
