using System.Net;

namespace Strata.Hub.Tests;

/// <summary>What a namespace keeps, and who may know and say what it may keep.</summary>
public sealed class QuotaTests
{
    private const string Usage = "/api/v1/namespaces/anna/usage";
    private const string Quota = "/api/v1/namespaces/anna/quota?limit=";

    [Fact]
    public async Task The_administrator_says_what_a_namespace_may_keep_and_its_owner_sees_it()
    {
        await using var hub = await HubHost.WithAccountsAsync();
        foreach (var user in (string[])["anna", "bob"]) hub.Accounts.AddUser(user, "a good password", isAdministrator: false);
        var (anna, bob, admin) = (HubHost.Basic("anna", "a good password"), HubHost.Basic("bob", "a good password"), HubHost.Basic("admin", hub.AdminPassword));
        await hub.PushAsync("anna/app", who: anna);

        (await hub.CallAsync("PUT", Quota + "1GB", anna)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await hub.CallAsync("PUT", Quota + "1GB", who: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await hub.CallAsync("PUT", Quota + "lots", admin)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await hub.CallAsync("PUT", "/api/v1/namespaces/Anna/quota?limit=1GB", admin)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await hub.CallAsync("GET", Usage, bob)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await hub.CallAsync("GET", Usage, who: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await hub.CallAsync("GET", Usage, anna)).Json.TryGetProperty("limit", out _).ShouldBeFalse();

        var set = await hub.CallAsync("PUT", Quota + "1GB", admin);
        set.Status.ShouldBe(HttpStatusCode.OK);
        var usage = (await hub.CallAsync("GET", Usage, anna)).Json;
        usage.GetRawText().ShouldBe(set.Json.GetRawText());
        usage.GetProperty("limit").GetInt64().ShouldBe(1_000_000_000);
        var repository = usage.GetProperty("repositories").EnumerateArray().Single();
        repository.GetProperty("name").GetString().ShouldBe("anna/app");
        repository.GetProperty("bytes").GetInt64().ShouldBe(usage.GetProperty("used").GetInt64());
        usage.GetProperty("used").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task On_an_open_hub_anybody_sees_and_the_owner_of_the_data_says()
    {
        await using var hub = await HubHost.StartAsync();
        (await hub.CallAsync("GET", Usage, who: null)).Json.GetProperty("used").GetInt64().ShouldBe(0);
        (await hub.CallAsync("PUT", Quota + "1GB", who: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await hub.CallAsync("PUT", Quota + "1GB", HubHost.Basic("publisher", hub.Secret))).Status.ShouldBe(HttpStatusCode.OK);
    }
}
