namespace Strata.Containers.Files;

/// <summary>How <c>cp</c> copies.</summary>
public sealed record CopyOptions
{
    /// <summary>A link at the end of the source is followed.</summary>
    public bool FollowLink { get; init; }

    /// <summary>Owners stay. Without, all belongs to root in a container, and to who copies on the host.</summary>
    public bool KeepOwners { get; init; }
}
