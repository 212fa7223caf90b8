using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>The hub's own tables, used by one thread at a time.</summary>
internal sealed class HubDatabase : IDisposable
{
    private static readonly DatabaseSchema Schema = new("hub_schema", Version: 1, Upgrades: []);
    private readonly DbConnection _connection;

    public HubDatabase(IDatabaseProvider provider)
    {
        _connection = provider.Open();
        Schema.Ensure<HubDbContext>(provider, _connection, options => new HubDbContext(options));
    }

    public IReadOnlyList<HubRepository> Load()
    {
        var tags = LoadTags();
        var repositories = new List<HubRepository>();
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT name, title, description, labels, stars, pulls, updated FROM hub_repositories";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var name = rows.GetString(0);
            repositories.Add(new HubRepository
            {
                Name = name,
                Title = rows.GetString(1),
                Description = rows.GetString(2),
                Labels = JsonSerializer.Deserialize(rows.GetString(3), HubJson.Default.ImmutableSortedDictionaryStringString)!,
                Stars = rows.GetInt32(4),
                Pulls = rows.GetInt64(5),
                Updated = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(6)),
                Tags = tags.TryGetValue(name, out var its) ? its.ToImmutable() : ImmutableSortedDictionary.Create<string, HubTag>(StringComparer.Ordinal),
            });
        }
        return repositories;
    }

    /// <summary>Writes all changes in one transaction.</summary>
    public void Save(HubChanges changes)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var repository in changes.Repositories) Save(transaction, repository);
        foreach (var (repository, tag) in changes.Tags)
        {
            Run(transaction, """
                INSERT INTO hub_tags (repository, name, digest, size, pushed, platforms) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
                ON CONFLICT (repository, name) DO UPDATE SET
                digest = excluded.digest, size = excluded.size, pushed = excluded.pushed, platforms = excluded.platforms
                """, repository, tag.Name, tag.Digest, tag.Size, tag.Pushed.ToUnixTimeMilliseconds(), string.Join(' ', tag.Platforms));
        }
        foreach (var (repository, tag) in changes.RemovedTags)
            Run(transaction, "DELETE FROM hub_tags WHERE repository = @p0 AND name = @p1", repository, tag);
        transaction.Commit();
    }

    public void Dispose() => _connection.Dispose();

    private void Save(DbTransaction transaction, HubRepository repository) => Run(transaction, """
        INSERT INTO hub_repositories (name, title, description, labels, stars, pulls, updated) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title, description = excluded.description, labels = excluded.labels,
        stars = excluded.stars, pulls = excluded.pulls, updated = excluded.updated
        """,
        repository.Name, repository.Title, repository.Description,
        JsonSerializer.Serialize(repository.Labels, HubJson.Default.ImmutableSortedDictionaryStringString),
        repository.Stars, repository.Pulls, repository.Updated.ToUnixTimeMilliseconds());

    private Dictionary<string, ImmutableSortedDictionary<string, HubTag>.Builder> LoadTags()
    {
        var tags = new Dictionary<string, ImmutableSortedDictionary<string, HubTag>.Builder>(StringComparer.Ordinal);
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT repository, name, digest, size, pushed, platforms FROM hub_tags";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var repository = rows.GetString(0);
            if (!tags.TryGetValue(repository, out var its))
                tags[repository] = its = ImmutableSortedDictionary.CreateBuilder<string, HubTag>(StringComparer.Ordinal);
            its[rows.GetString(1)] = new HubTag(
                rows.GetString(1), rows.GetString(2), rows.GetInt64(3), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4)),
                rows.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        return tags;
    }

    private void Run(DbTransaction transaction, string sql, params ReadOnlySpan<object> values)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@p" + i, values[i]);
            command.Parameters.Add(parameter);
        }
        command.ExecuteNonQuery();
    }
}
