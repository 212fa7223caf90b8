namespace Strata.Hub;

public enum Visibility
{
    /// <summary>Only those whom it belongs to can see and pull it.</summary>
    Private,

    /// <summary>Anybody can find and pull it.</summary>
    Public,
}
