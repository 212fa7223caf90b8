namespace Strata.Registry.Client;

/// <summary>Knows who the user is to a registry.</summary>
public interface ICredentialSource
{
    /// <summary>Null where the user has none: then the registry is asked anonymously.</summary>
    /// <param name="registry">Host and port, <c>docker.io</c> or <c>127.0.0.1:5000</c>.</param>
    /// <param name="cancellationToken">Ends the asking of a credential helper.</param>
    Task<Credential?> FindAsync(string registry, CancellationToken cancellationToken);
}

/// <summary>A user name and password, or with <paramref name="IsToken"/> an identity token in the password's place.</summary>
public sealed record Credential(string User, string Password, bool IsToken = false)
{
    /// <summary>Never shows the password, wherever it is printed.</summary>
    public override string ToString() => $"credential of '{User}'";
}
