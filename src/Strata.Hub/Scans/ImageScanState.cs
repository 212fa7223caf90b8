namespace Strata.Hub;

/// <summary>How far the hub is with an image.</summary>
public enum ImageScanState
{
    /// <summary>It is still to be read.</summary>
    Waiting,

    /// <summary>Its packages are known.</summary>
    Read,

    /// <summary>A layer of it is broken, or too much; it is not tried again.</summary>
    Unreadable,

    /// <summary>A layer of it is not here, as on a mirror from which nobody has pulled all of it; read when it comes.</summary>
    Incomplete,
}
