using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Registry.Server.Tests;

/// <summary>A data folder of the first version: Fixtures/version1.sql is its database, made by that program.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private static readonly string[] Blobs = ["{}", "one", "two", "forgotten"];
    private readonly Clock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-registry-").FullName;

    private string Database => Path.Combine(_folder, "registry.db");

    public async ValueTask InitializeAsync()
    {
        foreach (var content in Blobs.Select(Encoding.UTF8.GetBytes))
        {
            var hex = Digest.Of(content).Hex;
            var folder = Directory.CreateDirectory(Path.Combine(_folder, "blobs", "sha256", hex[..2]));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, hex), content);
        }
        await using var connection = new SqliteProvider(Database, durable: true).Open();
        await using var command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "version1.sql"));
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_tables_are_those_of_a_new_database()
    {
        await using (await StartAsync())
        {
        }
        await using var fresh = await RegistryHost.StartAsync();
        Columns(Database).ShouldBe(Columns(Path.Combine(fresh.Folder, "registry.db")));
    }

    [Fact]
    public async Task All_is_served_as_before_and_only_what_nothing_names_is_garbage()
    {
        await using var host = await StartAsync();
        Encoding.UTF8.GetString(await host.Client.GetByteArrayAsync($"/v2/me/app/blobs/{Of("two")}")).ShouldBe("two");
        _clock.Pass(TimeSpan.FromDays(100));
        var collected = await host.Services.GetRequiredService<IRegistryMaintenance>().CollectAsync(dryRun: false, TestContext.Current.CancellationToken);
        (collected.Manifests, collected.Links, collected.Blobs).ShouldBe((0, 1, 1));
        foreach (var (repository, tag) in ((string, string)[])[("me/app", "v1"), ("me/app", "multi"), ("me/other", "latest")])
            (await host.Client.GetAsync($"/v2/{repository}/manifests/{tag}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.GetAsync($"/v2/me/app/blobs/{Of("one")}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.GetAsync($"/v2/me/app/blobs/{Of("forgotten")}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_each_namespace_keeps_has_been_added_up()
    {
        await using var host = await StartAsync();
        using var connection = new SqliteProvider(Database, durable: true).Open();
        var rows = Rows(connection, """
            SELECT SUM(size) FROM (SELECT DISTINCT digest, size FROM (SELECT digest, size FROM blobs UNION ALL SELECT digest, size FROM manifests))
            UNION ALL SELECT SUM(links) FROM namespace_contents UNION ALL SELECT (SELECT COUNT(*) FROM blobs) + (SELECT COUNT(*) FROM manifests)
            """);
        var usage = host.Services.GetRequiredService<INamespaceQuotas>().UsageOf("me", 10);
        usage.Used.ToString(CultureInfo.InvariantCulture).ShouldBe(rows[0]);
        usage.Repositories.Select(r => r.Name).ShouldBe(["me/app", "me/other"]);
        usage.Repositories.Sum(r => r.Bytes).ShouldBeGreaterThan(usage.Used);
        rows[1].ShouldBe(rows[2]);
    }

    [Fact]
    public async Task A_deleted_index_takes_the_child_that_it_alone_held()
    {
        await using var host = await StartAsync();
        await host.Client.DeleteAsync("/v2/me/app/manifests/multi");
        _clock.Pass(TimeSpan.FromDays(100));
        var maintenance = host.Services.GetRequiredService<IRegistryMaintenance>();
        (await maintenance.CollectAsync(dryRun: false, TestContext.Current.CancellationToken)).Manifests.ShouldBe(2);
        (await host.Client.GetAsync("/v2/me/other/manifests/latest")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Digest Of(string content) => Digest.Of(Encoding.UTF8.GetBytes(content));

    private Task<RegistryHost> StartAsync() => RegistryHost.StartAsync(_folder, ownsFolder: false, s => s.AddSingleton<TimeProvider>(_clock));

    private static List<string> Columns(string file)
    {
        using var connection = new SqliteProvider(file, durable: true).Open();
        return
        [
            .. Rows(connection, """
                SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
                FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.name
                """),
            .. Rows(connection, """
                SELECT i.name || ' ' || i.tbl_name || ' ' || (SELECT group_concat(c.name) FROM pragma_index_info(i.name) c)
                FROM sqlite_master i WHERE i.type = 'index' ORDER BY i.name
                """),
        ];
    }

    private static List<string> Rows(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(rows.GetValue(0).ToString()!);
        return found;
    }
}
