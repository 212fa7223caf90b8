using Strata.Registry.Client;

namespace Strata.Build.Samples;

/// <summary>Who may write to the hub's official images: whoever may read the secret in its folder.</summary>
public sealed class HubPublisher(string hubData, string hubAddress) : ICredentialSource
{
    public async Task<Credential?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        var file = Path.Combine(hubData, "publisher-secret");
        if (registry != hubAddress || !File.Exists(file)) return null;
        return new Credential("publisher", (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim());
    }
}
