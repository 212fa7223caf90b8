using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What namespaces keep.</summary>
internal sealed partial class MetadataReader
{
    public NamespaceEntry? Namespace(string name) => First(NamespaceEntry.Of, NamespaceEntry.ByName, name);

    public bool NamespaceHas(string name, Digest digest) => Is(
        "SELECT 1 FROM namespaces n JOIN namespace_contents c ON c.namespace_id = n.id WHERE n.name = @p0 AND c.digest = @p1", name, digest.ToString());

    /// <summary>The largest first.</summary>
    public List<RepositoryUsage> RepositoriesOf(long space, int most) => All(
        row => new RepositoryUsage(row.GetString(0), row.GetInt64(1)),
        "SELECT name, bytes FROM repositories WHERE namespace_id = @p0 ORDER BY bytes DESC, name LIMIT @p1", space, most);
}
