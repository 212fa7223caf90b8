using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Pages.Tests;

/// <summary>The real registry's content, for a test to come between.</summary>
internal abstract class PassedOn(IRegistryContent inner) : IRegistryContent
{
    public RegistryManifest? FindManifest(string repository, string reference) => inner.FindManifest(repository, reference);

    public ValueTask<byte[]?> ReadBlobAsync(string repository, Digest digest, int most, CancellationToken cancellationToken) =>
        inner.ReadBlobAsync(repository, digest, most, cancellationToken);

    public virtual ValueTask<Stream?> OpenBlobAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        inner.OpenBlobAsync(repository, digest, cancellationToken);

    public bool IsStored(Digest digest) => inner.IsStored(digest);

    public IReadOnlyList<Digest> ListReferrers(string repository, Digest subject, int most) => inner.ListReferrers(repository, subject, most);

    public IReadOnlyList<string> ListRepositories(string after, int most) => inner.ListRepositories(after, most);

    public IReadOnlyList<RegistryTag> ListTags(string repository, string after, int most) => inner.ListTags(repository, after, most);
}

internal static class Decoration
{
    /// <summary>Puts something between the hub and the registry that it was given.</summary>
    public static void Decorate(this IServiceCollection services, Func<IRegistryContent, IRegistryContent> with)
    {
        var real = services.Last(s => s.ServiceType == typeof(IRegistryContent)).ImplementationType!;
        services.AddSingleton(s => with((IRegistryContent)ActivatorUtilities.CreateInstance(s, real)));
    }
}
