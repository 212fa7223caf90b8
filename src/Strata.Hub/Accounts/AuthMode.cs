namespace Strata.Hub;

public enum AuthMode
{
    /// <summary>Anybody may push, but not to official repositories. For a hub that only this machine can reach.</summary>
    Open,

    /// <summary>Who pushes has an account, and who reads what is private.</summary>
    Accounts,
}
