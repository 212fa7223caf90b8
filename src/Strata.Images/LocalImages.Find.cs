using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>An image of the store, or from its registry when it is not here; packed layers stay packed.</summary>
    /// <param name="platform">Null takes what is here, and pulls for this machine.</param>
    /// <param name="always">Ask the registry, though the image is here.</param>
    /// <exception cref="ImageException">It is neither here nor there.</exception>
    public async Task<ImageDetails> FindOrPullAsync(string nameOrId, Platform? platform, bool always, CancellationToken cancellationToken)
    {
        ImageException? missing = null;
        try
        {
            if (!always) return Inspect(nameOrId, platform);
        }
        catch (ImageException e)
        {
            missing = e;
        }
        if (!Reference.TryParse(nameOrId, out var name, out var fault)) throw new ImageException(fault, missing?.Advice, missing);
        try
        {
            await PullAsync(name, new PullOptions { Platform = platform, Unpack = false }, progress: null, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            throw new ImageException(e.Message, e.Advice, e);
        }
        catch (HttpRequestException e)
        {
            throw new ImageException($"{name.Registry} cannot be reached: {e.Message}", missing?.Advice, e);
        }
        return Inspect(name.ToString(), platform);
    }
}
