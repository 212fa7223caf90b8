using Strata.Dashboard.Tasks;
using Strata.Images;

namespace Strata.Dashboard.Contents;

/// <summary>Reads the layers of images that were here before anyone looked for packages in them, as tasks on the board.</summary>
internal sealed class ContentReadings(LocalImages images, TaskBoard board, TimeProvider clock)
{
    /// <summary>How long a page waits before it says that the reading is under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>True when the layers have been read; false when that is still under way, as a task.</summary>
    /// <exception cref="ImageException">They cannot be read.</exception>
    public async Task<bool> ReadAsync(ImageDetails image, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        var name = image.Names.Count > 0 ? image.Names[0].Familiar : image.Id.Short;
        var task = board.Start($"Read the layers of {name}", async (progress, stop) =>
        {
            try
            {
                progress.Say("Looking for packages");
                await images.ObserveLayersAsync(image, stop);
                progress.Finish("The packages are known now.", $"/images/{image.Id}/packages");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failure = e;
                throw;
            }
        }, key: $"read {image.Id}");
        try
        {
            await task.Completion.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
        if (failure is ImageException told) throw told;
        return task.Snapshot.State switch
        {
            TaskState.Done => true,
            TaskState.Cancelled => throw new ImageException("The reading of the layers was cancelled.", "Open the page again to start it anew."),
            _ => throw new ImageException(task.Snapshot.Fault?.Message ?? "The layers could not be read.", task.Snapshot.Fault?.Advice, failure),
        };
    }
}
