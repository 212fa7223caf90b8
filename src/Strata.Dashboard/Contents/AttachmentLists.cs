using Strata.Dashboard.Faults;
using Strata.Images;
using Strata.Registry.Client;

namespace Strata.Dashboard.Contents;

/// <summary>Asks the registry of an image what is attached to it, and does not wait long.</summary>
internal sealed class AttachmentLists(LocalImages images, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<AttachmentList> FetchAsync(ImageDetails image, CancellationToken cancellationToken)
    {
        // As it was pulled: a name may have moved on since.
        if (image.RepoDigests.Concat(image.Names).FirstOrDefault() is not { } name) return new AttachmentList(Attached: null, Fault: null);
        using var hurry = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(hurry.Token, cancellationToken);
        try
        {
            var found = await images.ListAttachmentsAsync(name, image.Config.Platform, stop.Token);
            return new AttachmentList(found.Items, Fault: null);
        }
        catch (Exception e) when (e is ImageException or RegistryException)
        {
            return new AttachmentList(Attached: null, FaultText.Of(e));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttachmentList(Attached: null, new FaultText($"{name.Registry} did not answer in time.", "Reload the page to ask again.", Unexpected: false));
        }
    }
}
