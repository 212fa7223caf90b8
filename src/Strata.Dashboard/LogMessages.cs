using Microsoft.Extensions.Logging;

namespace Strata.Dashboard;

internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Error, "The task '{Title}' failed in a way that nothing expected")]
    public static partial void TaskFailed(this ILogger logger, string title, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The page {Path} failed in a way that nothing expected")]
    public static partial void PageFailed(this ILogger logger, string path, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "A request for the host '{Host}' was refused: the dashboard answers to loopback names only")]
    public static partial void HostRefused(this ILogger logger, string host);

    [LoggerMessage(4, LogLevel.Warning, "A container is not quite as asked for: {What}")]
    public static partial void ContainerDiffers(this ILogger logger, string what);
}
