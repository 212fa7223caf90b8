namespace Strata.Registry.Server;

public enum RegistryAction
{
    /// <summary>The base end-point; no repository.</summary>
    Enter,

    /// <summary>The catalogue; no repository. What it names is <see cref="IRegistryAuthorizer.VisibleAsync"/>'s to say.</summary>
    List,
    Pull,
    Push,
    Delete,

    /// <summary>To link a blob of the repository into another one, which the client may push to.</summary>
    Mount,

    /// <summary>To collect garbage, check blobs and the like; no repository.</summary>
    Administer,
}
