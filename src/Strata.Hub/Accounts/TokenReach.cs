namespace Strata.Hub;

/// <summary>How far a credential reaches into what its owner may do; each includes the one before.</summary>
internal enum TokenReach
{
    /// <summary>See and pull.</summary>
    Read,

    /// <summary>Push and delete, too.</summary>
    Write,

    /// <summary>All, accounts included.</summary>
    Admin,
}
