using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Error, "A listener failed on {Kind} in {Repository}; the registry's own state is not affected")]
    public static partial void ListenerFailed(this ILogger logger, Exception e, RegistryEventKind kind, string repository);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed; request {RequestId}")]
    public static partial void RequestFailed(this ILogger logger, Exception e, string method, string path, string requestId);

    [LoggerMessage(3, LogLevel.Error, "Blob {Digest} is linked in {Repository} but its bytes are not in the storage")]
    public static partial void BlobLost(this ILogger logger, string digest, string repository);

    [LoggerMessage(4, LogLevel.Warning, "Removing abandoned uploads failed; it is tried again in an hour")]
    public static partial void SweepFailed(this ILogger logger, Exception e);

    [LoggerMessage(5, LogLevel.Error, "The storage is full: {Method} {Path} was refused")]
    public static partial void StorageFull(this ILogger logger, Exception e, string method, string path);

    [LoggerMessage(21, LogLevel.Warning, "The access log could not be written; lines of it are lost")]
    public static partial void AccessLogFailed(this ILogger logger, Exception e);

    [LoggerMessage(22, LogLevel.Warning, "{Lines} lines of the access log came faster than they could be written, and are lost")]
    public static partial void AccessLogLost(this ILogger logger, long lines);

    [LoggerMessage(20, LogLevel.Error, "The server is not ready: its {Part} does not work")]
    public static partial void PartFailed(this ILogger logger, Exception e, string part);

    [LoggerMessage(6, LogLevel.Warning, "Bytes of blob {Digest} that no table knew were removed: {Size} bytes")]
    public static partial void OrphanRemoved(this ILogger logger, string digest, long size);

    [LoggerMessage(7, LogLevel.Information, "Garbage collected: {Manifests} manifests, {Links} links, {Blobs} blobs, {Bytes} bytes")]
    public static partial void Collected(this ILogger logger, long manifests, long links, long blobs, long bytes);

    [LoggerMessage(8, LogLevel.Error, "Garbage collection failed; it is tried again after the interval")]
    public static partial void CollectionFailed(this ILogger logger, Exception e);

    [LoggerMessage(9, LogLevel.Error, "Blob {Digest} is damaged: {Reason}. It is not served until a push brings it again")]
    public static partial void BlobDamaged(this ILogger logger, string digest, string reason);

    [LoggerMessage(10, LogLevel.Error, "Manifest {Digest} is damaged in the database: its bytes have another digest")]
    public static partial void ManifestDamaged(this ILogger logger, string digest);

    [LoggerMessage(11, LogLevel.Error, "Checking blobs failed; it goes on later")]
    public static partial void ScrubFailed(this ILogger logger, Exception e);

    [LoggerMessage(12, LogLevel.Warning, "{Repository}:{Tag} is served as it was: {Reason}")]
    public static partial void ServedStale(this ILogger logger, string repository, string tag, string reason);

    [LoggerMessage(23, LogLevel.Warning, "What refers to {Digest} of {Repository} is served as it was: {Reason}")]
    public static partial void ReferrersServedStale(this ILogger logger, string repository, string digest, string reason);

    [LoggerMessage(13, LogLevel.Error, "Fetching blob {Digest} for {Repository} failed: {Reason}")]
    public static partial void FetchFailed(this ILogger logger, string repository, string digest, string reason);

    [LoggerMessage(14, LogLevel.Error, "Letting go of unused mirrored images failed; it is tried again in an hour")]
    public static partial void MirrorSweepFailed(this ILogger logger, Exception e);
}
