using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Tests.Scans;

/// <summary>The real registry's content, which counts the blobs that are opened and holds them up where a test says so.</summary>
internal sealed class WatchedBlobs
{
    private int _opened;

    public int Opened => _opened;

    /// <summary>Blobs open when this has ended.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>Ends when a blob is asked for.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Held up without an end; null for none.</summary>
    public Digest? Stuck { get; set; }

    public void Watch(IServiceCollection services)
    {
        var real = services.Last(s => s.ServiceType == typeof(IRegistryContent)).ImplementationType!;
        services.AddSingleton<IRegistryContent>(s => new Content((IRegistryContent)ActivatorUtilities.CreateInstance(s, real), this));
    }

    private sealed class Content(IRegistryContent inner, WatchedBlobs watch) : IRegistryContent
    {
        public async ValueTask<Stream?> OpenBlobAsync(string repository, Digest digest, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref watch._opened);
            watch.Asked.TrySetResult();
            await (digest == watch.Stuck ? Task.Delay(System.Threading.Timeout.Infinite, cancellationToken) : watch.Until).WaitAsync(cancellationToken);
            return await inner.OpenBlobAsync(repository, digest, cancellationToken);
        }

        public RegistryManifest? FindManifest(string repository, string reference) => inner.FindManifest(repository, reference);

        public ValueTask<byte[]?> ReadBlobAsync(string repository, Digest digest, int most, CancellationToken cancellationToken) =>
            inner.ReadBlobAsync(repository, digest, most, cancellationToken);

        public bool IsStored(Digest digest) => inner.IsStored(digest);

        public IReadOnlyList<Digest> ListReferrers(string repository, Digest subject, int most) => inner.ListReferrers(repository, subject, most);

        public IReadOnlyList<string> ListRepositories(string after, int most) => inner.ListRepositories(after, most);

        public IReadOnlyList<RegistryTag> ListTags(string repository, string after, int most) => inner.ListTags(repository, after, most);
    }
}
