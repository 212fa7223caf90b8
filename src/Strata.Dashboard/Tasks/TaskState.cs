namespace Strata.Dashboard.Tasks;

public enum TaskState
{
    Running,
    Done,
    Failed,
    Cancelled,
}
