using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Error, "A listener failed on {Kind} in {Repository}; the registry's own state is not affected")]
    public static partial void ListenerFailed(this ILogger logger, Exception e, RegistryEventKind kind, string repository);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception e, string method, string path);

    [LoggerMessage(3, LogLevel.Error, "Blob {Digest} is linked in {Repository} but its bytes are not in the storage")]
    public static partial void BlobLost(this ILogger logger, string digest, string repository);

    [LoggerMessage(4, LogLevel.Warning, "Removing abandoned uploads failed; it is tried again in an hour")]
    public static partial void SweepFailed(this ILogger logger, Exception e);

    [LoggerMessage(5, LogLevel.Error, "The storage is full: {Method} {Path} was refused")]
    public static partial void StorageFull(this ILogger logger, Exception e, string method, string path);

    [LoggerMessage(20, LogLevel.Error, "The server is not ready: its {Part} does not work")]
    public static partial void PartFailed(this ILogger logger, Exception e, string part);
}
