namespace Strata.Layers;

/// <summary>How a folder becomes a layer.</summary>
public sealed record FolderLayerOptions
{
    /// <summary>The folder is the upper directory of an overlay: its whiteouts and opaque marks become the layer's.</summary>
    public bool IsOverlay { get; init; }

    /// <summary>The layer says the owner and mode of the image's root, too; for a base.</summary>
    public bool WithRoot { get; init; }

    /// <summary>Where the folder's content stands, as <see cref="LayerEntry.Path"/>; empty is the root.</summary>
    public string Below { get; init; } = "";

    /// <summary>All is owned by root, whoever made the folder.</summary>
    public bool OwnedByRoot { get; init; }

    /// <summary>Later times become this one, so that a layer does not depend on when it was made.</summary>
    public DateTimeOffset NoLaterThan { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Paths, as the layer has them, that stay out with all they have.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    public LayerCompression Compression { get; init; } = LayerCompression.Gzip;

    internal bool Leaves(string path) => Without.Contains(path, StringComparer.Ordinal);
}
