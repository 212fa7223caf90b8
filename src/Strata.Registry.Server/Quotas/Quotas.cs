using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// Whether content fits into its namespace. A look before bytes are taken spares everybody those that would not be kept; the decision is
/// made where the content is written down, one write after the other, so that what is kept is never more than what may be.
/// </summary>
internal sealed class Quotas(RegistryDatabase database, QuotaOptions options) : INamespaceQuotas
{
    public NamespaceRoom RoomOf(string repository)
    {
        var name = RepositoryNamespace.Of(repository);
        var entry = Find(name);
        return new NamespaceRoom(name, entry.Bytes, entry.Quota.Limit(options.Of(name)));
    }

    /// <summary>The room for content of a known digest.</summary>
    public NamespaceRoom RoomOf(string repository, Digest digest)
    {
        var room = RoomOf(repository);
        return room.Limit is not null && database.Read((room.Name, digest), static (r, s) => r.NamespaceHas(s.Name, s.digest)) ? NamespaceRoom.Unlimited : room;
    }

    /// <summary>Inside of a write: the refusal of content that does not fit, or null.</summary>
    public RegistryFault? Check(MetadataWrites writes, string repository, Digest digest, long size) =>
        writes.Excess(RepositoryNamespace.Of(repository), digest, size, options.Of(RepositoryNamespace.Of(repository))) is { } room
            ? RegistryFault.QuotaExceeded(room, size)
            : null;

    public NamespaceUsage UsageOf(string name, int most)
    {
        var entry = Find(name);
        var repositories = database.Read((entry.Id, most), static (r, s) => r.RepositoriesOf(s.Id, s.most));
        return new NamespaceUsage(name, entry.Bytes, entry.Quota.Limit(options.Of(name)), repositories);
    }

    public async ValueTask SetAsync(string name, QuotaSetting setting, CancellationToken cancellationToken) =>
        await database.WriteAsync(w => w.SetQuota(name, setting), cancellationToken).ConfigureAwait(false);

    private NamespaceEntry Find(string name) => database.Read(name, static (r, n) => r.Namespace(n)) ?? default;
}
