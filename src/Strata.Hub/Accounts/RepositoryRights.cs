namespace Strata.Hub;

[Flags]
internal enum RepositoryRights
{
    None = 0,
    Pull = 1,
    Push = 2,
    Delete = 4,

    /// <summary>To say whether it is public.</summary>
    Manage = 8,
    Change = Pull | Push | Delete,
    All = Change | Manage,
}
