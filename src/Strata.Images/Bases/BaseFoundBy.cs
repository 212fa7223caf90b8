namespace Strata.Images;

/// <summary>How a base was found, the surest first.</summary>
public enum BaseFoundBy
{
    /// <summary>Somebody named it, and its layers are the first of the image.</summary>
    Name,

    /// <summary>The annotations <c>org.opencontainers.image.base.*</c> name it; where it is in the store, its layers are the first of the image.</summary>
    Annotation,

    /// <summary>It is the image of the store with the most of the image's first layers.</summary>
    Layers,
}
