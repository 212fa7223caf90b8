namespace Strata.Packages.Facts;

/// <summary>What a layer takes away from the layers below it. OCI image spec, layer.md, "Whiteouts".</summary>
public sealed record Removal
{
    /// <summary>The path that is gone (with all below it), or the directory whose former content is gone.</summary>
    public required string Path { get; init; }

    /// <summary>The directory itself stays; only what lower layers had in it is gone.</summary>
    public bool Opaque { get; init; }
}
