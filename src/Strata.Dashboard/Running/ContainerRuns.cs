using Strata.Containers;
using Strata.Content;
using Strata.Images;

namespace Strata.Dashboard.Running;

/// <summary>Runs an image in the background, as <c>strata run -d</c> does.</summary>
internal sealed class ContainerRuns(LocalContainers containers, LocalImages images, ContentStore store)
{
    /// <returns>The container that runs; null where the faults say why none does. Then nothing of it is left.</returns>
    public async Task<ContainerRecord?> RunAsync(ImageDetails image, RunForm form, List<RunFault> faults, CancellationToken cancellationToken)
    {
        if (RunRequests.TryMake(form, image, faults) is not { } request) return null;
        try
        {
            // Nothing of the image goes before the container holds it.
            using var lease = store.Lease();
            await images.UnpackAsync(image, cancellationToken);
            var made = containers.Create(request);
            return await StartAsync(made, cancellationToken);
        }
        catch (Exception e) when (e is ContainerException or ImageException or FormatException)
        {
            faults.Add(RunFault.Of(e));
            return null;
        }
    }

    private async Task<ContainerRecord> StartAsync(ContainerRecord made, CancellationToken cancellationToken)
    {
        try
        {
            return await containers.StartAsync(made.Id, cancellationToken);
        }
        catch
        {
            // The form is there to be mended: a second try must not find the name taken by the first.
            await containers.RemoveAsync(made.Id, force: true, withVolumes: true, CancellationToken.None);
            throw;
        }
    }
}
