using System.Collections.Immutable;

namespace Strata.Hub;

/// <summary>A namespace that several users share. An instance never changes.</summary>
internal sealed record Organisation(string Name, DateTimeOffset Created, ImmutableSortedDictionary<string, Role> Members);

/// <summary>What a member may do in an organisation's namespace; each includes the one before.</summary>
internal enum Role
{
    /// <summary>See and pull.</summary>
    Reader,

    /// <summary>Push and delete.</summary>
    Editor,

    /// <summary>Say who is a member, and what is public.</summary>
    Owner,
}
