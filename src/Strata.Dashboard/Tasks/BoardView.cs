namespace Strata.Dashboard.Tasks;

/// <summary>The whole board as the events and the JSON address give it.</summary>
public sealed record BoardView(TrayView Tray, IReadOnlyList<TaskView> Tasks)
{
    public static BoardView Of(IReadOnlyList<TaskSnapshot> tasks) => new(TrayView.Of(tasks), [.. tasks.Select(TaskView.Of)]);
}
