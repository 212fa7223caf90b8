using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Which names stand for repositories elsewhere.</summary>
internal sealed class Mirrors(IEnumerable<IUpstreamRegistry> upstreams, RegistryDatabase database)
{
    private readonly IUpstreamRegistry[] _upstreams = [.. upstreams];

    public IReadOnlyList<IUpstreamRegistry> All => _upstreams;

    /// <summary>Null for a repository that is at home here.</summary>
    public MirroredRepository? Find(string repository)
    {
        foreach (var upstream in _upstreams)
            if (IsUnder(repository, upstream.Name)) return new MirroredRepository(upstream, repository, repository[(upstream.Name.Length + 1)..]);
        return null;
    }

    /// <summary>
    /// The repository that a client means: one who uses this registry as a mirror says which with <c>ns=</c> (containerd), or not at all
    /// (docker), and leaves the mirror's name out.
    /// </summary>
    public string Meant(string repository, HttpRequest request)
    {
        if (_upstreams.Length == 0 || Find(repository) is not null) return repository;
        var space = request.Query["ns"].ToString();
        foreach (var upstream in _upstreams)
        {
            if (space.Length > 0 ? upstream.Registry == space : upstream.IsDefault && !IsHere(repository)) return $"{upstream.Name}/{repository}";
        }
        return repository;
    }

    private bool IsHere(string repository) => database.Read(repository, static (r, name) => r.HasManifests(name));

    private static bool IsUnder(string repository, string name) =>
        repository.Length > name.Length + 1 && repository[name.Length] == '/' && repository.StartsWith(name, StringComparison.Ordinal);
}
