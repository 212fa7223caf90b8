using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Registry.Client.Auth;

namespace Strata.Registry.Client;

public sealed partial class DockerConfigCredentials
{
    /// <summary>Where docker keeps the credentials of a registry.</summary>
    public static string KeyOf(string registry) => registry == "docker.io" ? DockerHubKey : registry;

    /// <summary>
    /// Keeps a credential as docker does: with the helper that is configured for the registry, else in the file. When this returns, it is
    /// found by docker, podman and skopeo too. All else in the file stays.
    /// </summary>
    /// <returns>The file that has the password in it, for all who can read it; null when a helper keeps it.</returns>
    /// <exception cref="RegistryException">The file is damaged, or the helper fails: then nothing is written.</exception>
    public async Task<string?> StoreAsync(string registry, Credential credential, CancellationToken cancellationToken)
    {
        var (config, document) = await ReadForChangeAsync(cancellationToken).ConfigureAwait(false);
        var key = KeyOf(registry);
        var entry = new JsonObject();
        var helper = HelperOf(config, registry);
        if (helper is not null) await helper.StoreAsync(key, credential, cancellationToken).ConfigureAwait(false);
        else entry["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}"));
        document.SetEntry(key, entry, alike: k => Names(k, registry));
        document.Save();
        return helper is null ? path : null;
    }

    /// <summary>Forgets the credential of a registry.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="RegistryException">The file is damaged, or the helper cannot be started.</exception>
    public async Task<bool> EraseAsync(string registry, CancellationToken cancellationToken)
    {
        var (config, document) = await ReadForChangeAsync(cancellationToken).ConfigureAwait(false);
        var removed = document.RemoveEntries(k => Names(k, registry));
        if (HelperOf(config, registry) is { } helper)
        {
            removed |= await helper.GetAsync(KeyOf(registry), cancellationToken).ConfigureAwait(false) is not null;
            await helper.EraseAsync(KeyOf(registry), cancellationToken).ConfigureAwait(false);
        }
        if (removed) document.Save();
        return removed;
    }

    private async Task<(DockerConfig? Config, DockerConfigDocument Document)> ReadForChangeAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false), Parsed(() => DockerConfigDocument.Open(path)));

    private static CredentialHelper? HelperOf(DockerConfig? config, string registry)
    {
        var name = config?.CredHelpers?.GetValueOrDefault(registry) ?? config?.CredHelpers?.GetValueOrDefault(KeyOf(registry)) ?? config?.CredsStore;
        return string.IsNullOrEmpty(name) ? null : new CredentialHelper(name);
    }

    private T Parsed<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw NotValid(e);
        }
    }
}
