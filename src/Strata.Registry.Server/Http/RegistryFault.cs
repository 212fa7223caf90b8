using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>An answer that says no: the status and the one error of its body. Distribution spec, "Error Codes".</summary>
internal sealed record RegistryFault(int Status, string Code, string Message, string? Detail = null)
{
    /// <summary>Seconds after which the client may try again.</summary>
    public int? RetryAfter { get; init; }

    public static RegistryFault TooManyRequests(string message, int seconds) =>
        new(StatusCodes.Status429TooManyRequests, "TOOMANYREQUESTS", message)
        {
            RetryAfter = Math.Max(1, seconds),
        };

    public static RegistryFault StorageFull() => new(
        StatusCodes.Status507InsufficientStorage, "UNAVAILABLE", "the registry's storage is full; nothing of this was kept, and all that is there can be read");

    public static RegistryFault Stopping() => new(
        StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "the registry is stopping; what it has begun it finishes")
    {
        RetryAfter = 5,
    };

    public static RegistryFault BlobTooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, "SIZE_INVALID", $"a blob may have at most {Bytes.Show(limit)} here ({limit} bytes)");

    /// <param name="room">The namespace.</param>
    /// <param name="more">What it has no room for; null where that is not known yet.</param>
    public static RegistryFault QuotaExceeded(NamespaceRoom room, long? more) => new(
        StatusCodes.Status403Forbidden, "DENIED",
        $"the namespace {room.Name} may keep {Bytes.Show(room.Limit ?? 0)} and keeps {Bytes.Show(room.Used)}"
        + (more is { } size ? $"; this is {Bytes.Show(size)} more" : "")
        + ". Delete what is not needed, or ask an administrator for a larger quota",
        room.Name);

    public static RegistryFault NameInvalid(string name) => new(
        StatusCodes.Status400BadRequest, "NAME_INVALID",
        "invalid repository name: expected lowercase letters and digits, separated by '/', '.', '_', '__' or '-'", name);

    public static RegistryFault NameUnknown(string name) => new(
        StatusCodes.Status404NotFound, "NAME_UNKNOWN", "repository name not known to registry", name);

    public static RegistryFault DigestInvalid(string message, string? detail = null) => new(
        StatusCodes.Status400BadRequest, "DIGEST_INVALID", message, detail);

    public static RegistryFault TagInvalid(string tag) => new(
        StatusCodes.Status400BadRequest, "TAG_INVALID",
        "invalid tag: 1 to 128 letters, digits, '_', '.' and '-', beginning with none of the last two", tag);

    public static RegistryFault ManifestUnknown(string reference) => new(
        StatusCodes.Status404NotFound, "MANIFEST_UNKNOWN", "manifest unknown to registry", reference);

    public static RegistryFault ManifestInvalid(string message) => new(StatusCodes.Status400BadRequest, "MANIFEST_INVALID", message);

    public static RegistryFault ManifestTooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge, "SIZE_INVALID", $"a manifest may have at most {limit} bytes");

    public static RegistryFault ManifestBlobUnknown(string digest) => new(
        StatusCodes.Status404NotFound, "MANIFEST_BLOB_UNKNOWN", "the manifest references content that this repository does not have; push it first", digest);

    public static RegistryFault BlobUnknown(string digest) => new(
        StatusCodes.Status404NotFound, "BLOB_UNKNOWN", "blob unknown to this repository", digest);

    public static RegistryFault UploadUnknown() => new(
        StatusCodes.Status404NotFound, "BLOB_UPLOAD_UNKNOWN", "upload unknown to this repository; start a new one with POST");

    public static RegistryFault RangeInvalid(string message) => new(
        StatusCodes.Status416RangeNotSatisfiable, "BLOB_UPLOAD_INVALID", message);

    public static RegistryFault PageInvalid(string value) => new(
        StatusCodes.Status400BadRequest, "PAGINATION_NUMBER_INVALID", "n must be a number, 0 or more", value);

    /// <summary>The refusal of a request.</summary>
    public static RegistryFault Of(AccessDecision decision, string? repository) => decision switch
    {
        AccessDecision.Denied => new(StatusCodes.Status403Forbidden, "DENIED", "requested access to the resource is denied", repository),
        AccessDecision.InsufficientScope =>
            new(StatusCodes.Status401Unauthorized, "DENIED", "requested access to the resource is denied: the token is not for it", repository),
        AccessDecision.InvalidToken => new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "the token is not valid or has expired; get a new one"),
        _ => new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "authentication required"),
    };

    public static RegistryFault Throttled(int seconds) => new(
        StatusCodes.Status429TooManyRequests, "TOOMANYREQUESTS", $"too many wrong passwords; try again in {seconds} s");

    public static RegistryFault IsMirror(string repository, MirroredRepository mirrored) => new(
        StatusCodes.Status403Forbidden, "DENIED",
        $"{repository} mirrors {mirrored.Remote} of {mirrored.Upstream.Registry}; push there, or to a name that is no mirror's", repository);

    public static RegistryFault Upstream(UpstreamException e) => e.IsRateLimit
        ? new(StatusCodes.Status429TooManyRequests, "TOOMANYREQUESTS", e.Message)
        : new(StatusCodes.Status502BadGateway, "UNAVAILABLE", e.Message);

    public static RegistryFault NotAllowed() => new(
        StatusCodes.Status405MethodNotAllowed, "UNSUPPORTED", "the operation is not supported here");

    public static RegistryFault NotFound() => new(
        StatusCodes.Status404NotFound, "NAME_UNKNOWN", "no such end-point");
}
