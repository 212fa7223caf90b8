namespace Strata.Hub;

/// <summary>The answer of <c>POST /api/v1/maintenance/garbage</c>.</summary>
internal sealed record GarbageAnswer(bool DryRun, long Manifests, long Links, long Blobs, long Bytes);

/// <summary>The answer of <c>POST /api/v1/maintenance/check</c>: what was read now, and all that is known to be damaged.</summary>
internal sealed record CheckAnswer(long Blobs, long Bytes, IReadOnlyList<string> Damaged);

/// <summary>The answer of <c>GET /api/v1/history/NAME</c>.</summary>
internal sealed record HistoryAnswer(string Name, IReadOnlyList<HistoryEntry> History);

internal sealed record HistoryEntry(string Tag, string Digest, DateTimeOffset Started, DateTimeOffset Ended, bool Deleted);

/// <summary>The answer of <c>POST /api/v1/restore/NAME</c>.</summary>
internal sealed record RestoreAnswer(string Name, string? Tag, string Digest);
