namespace Strata.Containers.Networks;

/// <summary>A container that shall be in networks.</summary>
public sealed record AttachRequest
{
    /// <summary>64 hex digits.</summary>
    public required string ContainerId { get; init; }

    /// <summary>Others on its networks find it by this.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<NetworkAttachment> Attachments { get; init; }

    public IReadOnlyList<PortMapping> Ports { get; init; } = [];
}
