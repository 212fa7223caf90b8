namespace Strata.Dashboard.Tasks;

/// <summary>The board in a few words, for the corner of every page.</summary>
/// <param name="Percent">Of all bytes that running tasks move; null when none moves any.</param>
public sealed record TrayView(int Running, int? Percent, string Text)
{
    public static TrayView Of(IReadOnlyList<TaskSnapshot> tasks)
    {
        var running = tasks.Where(t => t.State == TaskState.Running).ToArray();
        if (running.Length == 0) return new TrayView(0, Percent: null, "No task running");
        var total = running.Sum(t => t.Transfer?.TotalBytes ?? 0);
        var percent = total == 0 ? (int?)null : (int)Math.Min(99, running.Sum(t => t.Transfer?.DoneBytes ?? 0) * 100 / total);
        var words = running.Length == 1 ? "1 task running" : $"{running.Length} tasks running";
        return new TrayView(running.Length, percent, percent is null ? words : $"{words}, {percent} %");
    }
}
