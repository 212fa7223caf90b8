using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>A hub with accounts, administered and used by the command line alone.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HubProcess _hub = null!;

    private string Data => _folder.Below("hub");

    public async ValueTask InitializeAsync()
    {
        var config = _folder.File("hub.json", """{ "data": "hub", "auth": { "mode": "accounts", "passwordRounds": 1000 } }""");
        _hub = new HubProcess { Arguments = ["--config", config] };
        await _hub.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_user_pushes_and_pulls_and_a_stranger_sees_what_is_public()
    {
        await HubAsync("anna's password", "user", "add", "anna", "--password-stdin");
        (await HubAsync("", "user", "list", "-q")).ShouldBe("admin\nanna\n");

        var (layout, name) = (_folder.Below("layout"), $"{_hub.Address}/anna/app:1");
        TinyLayout.Write(layout);
        (await StrataAsync("anna", "wrong\n", "login", "-u", "anna", "--password-stdin", _hub.Address)).Code.ShouldBe(1);
        (await StrataAsync("anna", "anna's password\n", "login", "-u", "anna", "--password-stdin", _hub.Address)).Code.ShouldBe(0);
        (await StrataAsync("anna", "", "copy", $"oci:{layout}:tiny", name)).Code.ShouldBe(0);
        (await StrataAsync("anna", "", "pull", "-q", name)).Code.ShouldBe(0);
        (await StrataAsync("anna", "", "search", "-q", $"{_hub.Address}/app")).Output.ShouldBe($"{_hub.Address}/anna/app\n");
        (await StrataAsync("anna", "", "tag", name, $"{_hub.Address}/bert/app:1")).Code.ShouldBe(0);
        (await StrataAsync("anna", "", "push", $"{_hub.Address}/bert/app:1")).Errors.ShouldContain("you may not do that");
        // A private layer goes from one of her repositories to another without being sent.
        (await StrataAsync("anna", "", "tag", name, $"{_hub.Address}/anna/copy:1")).Code.ShouldBe(0);
        (await StrataAsync("anna", "", "push", $"{_hub.Address}/anna/copy:1")).Code.ShouldBe(0);

        (await StrataAsync("stranger", "", "pull", "-q", name)).Errors.ShouldContain($"strata login {_hub.Address}");
        (await StrataAsync("stranger", "", "search", "-q", $"{_hub.Address}/app")).Output.ShouldBe("");
        (await HubAsync("", "repository", "visibility", "anna/app", "public")).ShouldBe("public\n");
        (await StrataAsync("stranger", "", "pull", "-q", name)).Code.ShouldBe(0);
        (await StrataAsync("stranger", "", "search", "-q", $"{_hub.Address}/app")).Output.ShouldBe($"{_hub.Address}/anna/app\n");
    }

    [Fact]
    public async Task A_token_does_what_its_scope_says_until_it_is_revoked()
    {
        await HubAsync("anna's password", "user", "add", "anna", "--password-stdin");
        TinyLayout.Write(_folder.Below("layout"));
        var read = (await HubAsync("", "token", "create", "reader", "--user", "anna", "--expires", "30")).Trim();
        var made = JsonNode.Parse(await HubAsync("", "token", "create", "ci", "--user", "anna", "--scope", "write", "--format", "json"))!;
        made.AsObject().Select(m => m.Key).ShouldBe(["id", "name", "scope", "created", "token"]);
        (await StrataAsync("ci", made["token"]!.GetValue<string>(), "login", "-u", "anna", "--password-stdin", _hub.Address)).Code.ShouldBe(0);
        (await StrataAsync("ci", "", "copy", $"oci:{_folder.Below("layout")}:tiny", $"{_hub.Address}/anna/app:1")).Code.ShouldBe(0);
        (await StrataAsync("reader", read, "login", "-u", "anna", "--password-stdin", _hub.Address)).Code.ShouldBe(0);
        (await StrataAsync("reader", "", "pull", "-q", $"{_hub.Address}/anna/app:1")).Code.ShouldBe(0);
        (await StrataAsync("reader", "", "copy", $"oci:{_folder.Below("layout")}:tiny", $"{_hub.Address}/anna/app:2")).Errors.ShouldContain("you may not do that");
        (await StrataAsync("ci", "", "hub", "user", "list", "--hub", _hub.Address)).Errors.ShouldContain("may not");

        var list = JsonNode.Parse(await HubAsync("", "token", "list", "--user", "anna", "--format", "json"))!.AsArray();
        list.Select(t => t!["name"]!.GetValue<string>()).ShouldBe(["reader", "ci"], ignoreOrder: true);
        list.ToJsonString().ShouldNotContain("strata_pat_");
        await HubAsync("", "token", "revoke", made["id"]!.GetValue<string>(), "--user", "anna");
        (await StrataAsync("ci", "", "pull", "-q", $"{_hub.Address}/anna/app:1")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task An_organisation_has_members_and_an_administrator_another_password()
    {
        foreach (var user in (string[])["anna", "bert"]) await HubAsync("a password", "user", "add", user, "--password-stdin");
        await HubAsync("", "organisation", "add", "team");
        await HubAsync("", "organisation", "member", "team", "anna", "editor");
        JsonNode.Parse(await HubAsync("", "organisation", "list", "--format", "json"))![0]!["members"]!["anna"]!.GetValue<string>().ShouldBe("editor");
        TinyLayout.Write(_folder.Below("layout"));
        foreach (var (user, code) in ((string, int)[])[("anna", 0), ("bert", 1)])
        {
            (await StrataAsync(user, "a password", "login", "-u", user, "--password-stdin", _hub.Address)).Code.ShouldBe(0);
            (await StrataAsync(user, "", "copy", $"oci:{_folder.Below("layout")}:tiny", $"{_hub.Address}/team/app:1")).Code.ShouldBe(code);
        }

        await HubAsync("another password", "user", "password", "admin", "--password-stdin");
        File.Exists(Path.Combine(Data, "admin-password")).ShouldBeFalse();
        var (refused, _, errors) = await StrataAsync("new", "", "hub", "user", "list", "--hub", _hub.Address, "--data", Data);
        refused.ShouldBe(1);
        errors.ShouldContain("log in as an administrator");
        (await StrataAsync("new", "another password", "login", "-u", "admin", "--password-stdin", _hub.Address)).Code.ShouldBe(0);
        (await StrataAsync("new", "", "hub", "user", "remove", "bert", "--hub", _hub.Address)).Code.ShouldBe(0);
        (await StrataAsync("new", "", "hub", "user", "remove", "admin", "--hub", _hub.Address)).Errors.ShouldContain("make another user an administrator");
    }

    /// <summary>A command of the administrator, on the hub's own machine.</summary>
    private async Task<string> HubAsync(string input, params string[] arguments)
    {
        var (code, output, errors) = await StrataAsync("operator", input, ["hub", .. arguments, "--hub", _hub.Address, "--data", Data]);
        code.ShouldBe(0, errors);
        return output;
    }

    /// <summary>A command of somebody with a store and a docker configuration of their own.</summary>
    private Task<(int Code, string Output, string Errors)> StrataAsync(string who, string input, params string[] arguments) => RealTool.TryAsync("/usr/bin/env",
    [
        "DOCKER_CONFIG=" + _folder.Folder(who), "/bin/sh", "-c", "input=$1; shift; printf '%s' \"$input\" | \"$0\" \"$@\"",
        Checkout.Program("Strata.Cli", "strata"), input, "--root", _folder.Below(who + "-root"), .. arguments,
    ]);
}
