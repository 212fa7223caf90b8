using System.Globalization;
using Strata.Images;
using Strata.Ui.Format;

namespace Strata.Dashboard.Tasks;

/// <summary>A task as the page shows it: ready words, the same for the first rendering and for each update.</summary>
/// <param name="Percent">0 to 100; null while there is nothing to measure.</param>
/// <param name="Text">Where it stands, in one line.</param>
/// <param name="Shape">Changes when words alone no longer do, and the row must be rendered anew.</param>
public sealed record TaskView(string Id, string Title, string State, int? Percent, string Text, IReadOnlyList<TaskPart> Parts, string Shape)
{
    public static TaskView Of(TaskSnapshot task)
    {
        var parts = (task.Transfer?.Blobs ?? []).Where(b => b.IsLayer).Select(TaskPart.Of).ToArray();
        var percent = task.State == TaskState.Done ? 100 : task.Transfer is { Phase: not TransferPhase.Resolving } transfer ? transfer.Percent : (int?)null;
        var shape = string.Create(CultureInfo.InvariantCulture, $"{task.State}-{task.Cancelling}-{parts.Length}-{percent is null}");
        return new TaskView(task.Id, task.Title, task.State.ToString().ToLowerInvariant(), percent, Words(task), parts, shape);
    }

    private static string Words(TaskSnapshot task) => task.State switch
    {
        TaskState.Running when task.Cancelling => "Stopping",
        TaskState.Running => Join([task.Step, .. Moving(task)]) is { Length: > 0 } words ? words : "Starting",
        TaskState.Cancelled => "Cancelled. What was fetched is kept, so a second try goes on from there.",
        TaskState.Done => Join([Took(task), Moved(task)]),
        _ => Took(task),
    };

    private static IEnumerable<string> Moving(TaskSnapshot task)
    {
        if (task.Transfer is not { } transfer) yield break;
        if (transfer.Phase == TransferPhase.Resolving)
        {
            yield return "Asking the registry";
            yield break;
        }
        yield return $"{Bytes.Text(transfer.DoneBytes)} of {Bytes.Text(transfer.TotalBytes)}";
        if (task.BytesPerSecond is { } rate) yield return Bytes.Rate(rate);
        if (task.Remaining is { } remaining) yield return $"{Ages.Duration(remaining)} left";
        var layers = transfer.Blobs.Where(b => b.IsLayer).ToArray();
        var here = layers.Count(b => b.State == BlobState.Reused);
        var done = layers.Count(b => b.State is BlobState.Done or BlobState.Reused);
        if (layers.Length > 0) yield return $"{done} of {layers.Length} layers" + (here > 0 ? $", {here} already here" : "");
    }

    private static string Took(TaskSnapshot task) => task.Ended is { } ended ? $"Took {Ages.Duration(ended - task.Started)}" : "";

    private static string Moved(TaskSnapshot task) => task.Transfer is { TotalBytes: > 0 } transfer
        ? $"{Bytes.Text(transfer.TotalBytes)} moved" + (transfer.ReusedBytes > 0 ? $", {Bytes.Text(transfer.ReusedBytes)} already here" : "")
        : "";

    private static string Join(IEnumerable<string> words) => string.Join(" · ", words.Where(w => w.Length > 0));
}
