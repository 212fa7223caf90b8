using Strata.Images.Checking;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Reads all that images need from disk again: each document and layer against its digest, each layer's content against its diffID.
    /// Changes nothing. A clean result means that every image can be run and pushed.
    /// </summary>
    /// <param name="nameOrId">One image; null checks all.</param>
    /// <exception cref="ImageException">There is no such image.</exception>
    public Task<StoreCheck> VerifyAsync(string? nameOrId, CancellationToken cancellationToken)
    {
        var entries = nameOrId is null ? ImageNames.Read(store) : new ImageResolver(store).Resolve(nameOrId);
        return new StoreChecker(store).RunAsync(entries, cancellationToken);
    }
}
