using Microsoft.Extensions.Logging;

namespace Strata.Hub;

internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Warning, "What {Repository}:{Tag} says of itself could not be read; it is not in the search until it is pushed again")]
    public static partial void EventFailed(this ILogger logger, Exception e, string repository, string tag);

    [LoggerMessage(2, LogLevel.Error, "The hub's database could not be written; counts since the last write may be lost")]
    public static partial void SaveFailed(this ILogger logger, Exception e);

    [LoggerMessage(3, LogLevel.Error, "The search could not be brought in line with the registry")]
    public static partial void ReconcileFailed(this ILogger logger, Exception e);

    [LoggerMessage(4, LogLevel.Error, "What is in an image of {Repository} could not be read or kept")]
    public static partial void ContentFailed(this ILogger logger, Exception e, string repository);

    [LoggerMessage(5, LogLevel.Warning, "Facts of content that is gone could not be removed; tried again tomorrow")]
    public static partial void SweepFailed(this ILogger logger, Exception e);

    [LoggerMessage(6, LogLevel.Error, "An image of {Repository} could not be scanned")]
    public static partial void ScanFailed(this ILogger logger, Exception e, string repository);

    [LoggerMessage(7, LogLevel.Error, "Images could not be compared with the advisory data; what was found before stays until there is other data")]
    public static partial void MatchFailed(this ILogger logger, Exception e);

    [LoggerMessage(8, LogLevel.Error, "Scanning stopped, and goes on within a minute")]
    public static partial void ScansFailed(this ILogger logger, Exception e);
}
