using Microsoft.Extensions.Logging;

namespace Strata.Hub.Pages;

internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Error, "The page {Path} failed in a way that nothing expected")]
    public static partial void PageFailed(this ILogger logger, string path, Exception exception);
}
