using System.Net;

namespace Strata.Registry.Server;

/// <summary>What the access log says of one request. There is no credential in it, and no place for one.</summary>
internal sealed record AccessEntry
{
    /// <summary>When it was answered.</summary>
    public required DateTimeOffset Time { get; init; }

    public IPAddress? Remote { get; init; }

    public string? User { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query, see <see cref="SafeTarget"/>.</summary>
    public required string Target { get; init; }

    public required string Protocol { get; init; }

    public required int Status { get; init; }

    public long Received { get; init; }

    public long Sent { get; init; }

    public TimeSpan Duration { get; init; }

    public string UserAgent { get; init; } = "";

    public required string RequestId { get; init; }

    public string? TraceId { get; init; }

    public string? Repository { get; init; }

    public string? Action { get; init; }

    /// <summary>The code of the error document.</summary>
    public string? Error { get; init; }
}
