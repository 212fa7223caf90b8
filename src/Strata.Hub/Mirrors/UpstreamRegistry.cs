using System.Net;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>A mirrored registry, asked by the client that <c>strata pull</c> has.</summary>
internal sealed class UpstreamRegistry(MirrorOptions options, TimeProvider time) : IUpstreamRegistry, IDisposable
{
    private readonly RegistryClient _client = new(new RegistryClientOptions
    {
        // Those who wait have something to fall back on, or will ask again themselves.
        Retries = 1,
        Silence = TimeSpan.FromSeconds(20),
        InsecureRegistries = options.IsInsecure ? [options.Registry] : [],
        Credentials = new One(options),
        Clock = time,
    });

    public string Name => options.Name;

    public string Registry => options.Registry;

    public bool IsDefault => options.IsDefault;

    public TimeSpan Refresh => options.Refresh;

    public TimeSpan Keep => options.Keep;

    public ValueTask<Digest?> FindTagAsync(string repository, string tag, CancellationToken cancellationToken) =>
        AskAsync(() => _client.FindManifestAsync(NameOf(repository).WithTag(tag), cancellationToken));

    public ValueTask<RegistryManifest?> GetManifestAsync(string repository, Digest digest, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var fetched = await _client.GetManifestAsync(NameOf(repository).WithDigest(digest), cancellationToken).ConfigureAwait(false);
        return (RegistryManifest?)new RegistryManifest(fetched.Descriptor.Digest, fetched.Descriptor.MediaType, fetched.Bytes);
    });

    public ValueTask<long?> FindBlobAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        AskAsync(() => _client.FindBlobAsync(NameOf(repository), digest, cancellationToken));

    public async ValueTask<Stream> OpenBlobAsync(string repository, Digest digest, long size, CancellationToken cancellationToken)
    {
        var blob = new Descriptor { MediaType = MediaTypes.OciLayer, Digest = digest, Size = size };
        try
        {
            return await _client.OpenBlobAsync(NameOf(repository), blob, offset: 0, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            throw Unavailable(e);
        }
    }

    public async ValueTask<IReadOnlyList<Descriptor>> ListReferrersAsync(string repository, Digest subject, CancellationToken cancellationToken) =>
        await AskAsync(async () => (IReadOnlyList<Descriptor>?)await _client.ListReferrersAsync(NameOf(repository), subject, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false) ?? [];

    public ValueTask<IReadOnlyList<string>?> ListTagsAsync(string repository, CancellationToken cancellationToken) =>
        AskAsync(async () => (IReadOnlyList<string>?)await _client.ListTagsAsync(options.Registry, repository, cancellationToken).ConfigureAwait(false));

    public void Dispose() => _client.Dispose();

    private Reference NameOf(string repository) => Reference.Parse($"{options.Registry}/{repository}");

    private static async ValueTask<T?> AskAsync<T>(Func<Task<T?>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        // Registries that hide what is not there from whoever may not know say 401 or 403 of it.
        catch (RegistryException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return default;
        }
        catch (RegistryException e)
        {
            throw Unavailable(e);
        }
    }

    private static UpstreamException Unavailable(RegistryException e) => new(e.Message, e) { IsRateLimit = e.Status == HttpStatusCode.TooManyRequests };

    private sealed class One(MirrorOptions options) : ICredentialSource
    {
        // Redirects and token services ask for the registry's own credentials; nobody else's are known here.
        public Task<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => Task.FromResult(
            options.User is { } user && registry == options.Registry ? new Credential(user, options.Password!) : null);
    }
}
