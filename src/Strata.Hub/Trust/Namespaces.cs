namespace Strata.Hub;

/// <summary>Which names are whose.</summary>
public static class Namespaces
{
    /// <summary>Images of this namespace are official: only the publisher may push there.</summary>
    public const string Official = "library";

    public static bool IsOfficial(string repository) => repository.StartsWith(Official + "/", StringComparison.Ordinal);

    /// <summary>Whose a repository is: what stands before the first slash; empty where there is none.</summary>
    public static string OwnerOf(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : repository[..slash];
    }

    /// <summary>What stands before the last slash; empty where there is none.</summary>
    public static string Of(string repository)
    {
        var slash = repository.LastIndexOf('/');
        return slash < 0 ? "" : repository[..slash];
    }
}
