using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Whose a repository is: <c>team</c> of <c>team/app/web</c>. A name without a slash is a namespace of its own.</summary>
public static class RepositoryNamespace
{
    public static string Of(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? repository : repository[..slash];
    }

    public static bool IsOne(string name) => !name.Contains('/', StringComparison.Ordinal) && ReferenceGrammar.IsRepository(name);
}
