using Strata.Oci;

namespace Strata.Packages.Formats;

/// <summary>What a bill of materials is about.</summary>
public sealed record SbomSubject
{
    /// <summary>As people name it: <c>python:3.11</c>, or a folder.</summary>
    public required string Name { get; init; }

    /// <summary>The image's manifest; null for a folder.</summary>
    public Digest? Digest { get; init; }

    /// <summary>When the image was made, which is the document's time, too: the same image gives the same bytes. Null where nothing tells.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The program's version.</summary>
    public required string ToolVersion { get; init; }
}
