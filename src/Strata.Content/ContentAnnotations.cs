namespace Strata.Content;

/// <summary>Annotations of the layout's index. OCI image spec, annotations.md; the second is how others keep full names, too.</summary>
public static class ContentAnnotations
{
    /// <summary>The image's full name, <c>docker.io/library/python:3.11</c>.</summary>
    public const string RefName = "org.opencontainers.image.ref.name";
}
