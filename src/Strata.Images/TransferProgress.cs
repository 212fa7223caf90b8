using Strata.Oci;

namespace Strata.Images;

/// <summary>Where a pull or a push stands: an immutable snapshot of the whole, reported a few times a second.</summary>
public sealed record TransferProgress
{
    public required TransferPhase Phase { get; init; }

    /// <summary>Bytes to move, of the blobs that the other side lacks; known as soon as the manifest is.</summary>
    public required long TotalBytes { get; init; }

    public required long DoneBytes { get; init; }

    /// <summary>Compressed bytes that did not have to move, since they were there.</summary>
    public required long ReusedBytes { get; init; }

    public required IReadOnlyList<BlobProgress> Blobs { get; init; }

    /// <summary>0 to 100; 100 only when everything is done.</summary>
    public int Percent => Phase == TransferPhase.Done ? 100
        : TotalBytes == 0 ? 0
        : (int)Math.Min(99, DoneBytes * 100 / TotalBytes);

    public static TransferProgress Resolving { get; } =
        new() { Phase = TransferPhase.Resolving, TotalBytes = 0, DoneBytes = 0, ReusedBytes = 0, Blobs = [] };
}

public enum TransferPhase
{
    Resolving,
    Moving,
    Done,
}

/// <summary>One layer or config on its way.</summary>
public sealed record BlobProgress(Descriptor Descriptor, bool IsLayer, BlobState State, long DoneBytes);

public enum BlobState
{
    Waiting,
    Moving,
    Done,

    /// <summary>It was there already.</summary>
    Reused,
}
