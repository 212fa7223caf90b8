using System.Text;
using System.Text.Json.Nodes;
using Strata.Testing;

namespace Strata.Cli.Tests;

public sealed class LoginTests(HubProcess hub) : CliFixture(hub)
{
    private static readonly string Program = Checkout.Program("Strata.Cli", "strata");

    private string Config => Path.Combine(Folder, "docker", "config.json");

    private string Secret => File.ReadAllText(Path.Combine(Hub.Data, "publisher-secret")).Trim();

    [Fact]
    public async Task Who_logged_in_may_push_where_only_the_publisher_may()
    {
        var name = await PushImageAsync("cli/login");
        var official = $"{Hub.Address}/library/by-login:1";
        await RunAsync("pull", "-q", name);
        await RunAsync("tag", name, official);
        (await DoAsync("push", official)).Errors.ShouldContain($"log in: strata login {Hub.Address}");

        var (code, output, errors) = await LoginAsync(Secret, Hub.Address);
        (code, output).ShouldBe((0, "Login Succeeded\n"), errors);
        File.GetUnixFileMode(Config).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await DoAsync("push", official)).Code.ShouldBe(0);
        // Others' tools find it, too.
        (await RealTool.TryAsync("/usr/bin/env", $"DOCKER_CONFIG={Path.GetDirectoryName(Config)}", "skopeo", "list-tags", "--tls-verify=false", $"docker://{Hub.Address}/library/by-login"))
            .Output.ShouldContain("\"1\"");

        (await DoAsync("logout", Hub.Address)).Output.ShouldBe($"Removing login credentials for {Hub.Address}\n");
        (await DoAsync("logout", Hub.Address)).Output.ShouldBe($"Not logged in to {Hub.Address}\n");
        (await DoAsync("push", official)).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_nothing_is_written()
    {
        var (code, output, errors) = await LoginAsync("wrong", Hub.Address);
        (code, output).ShouldBe((1, ""));
        errors.ShouldBe($"strata: {Hub.Address} refused the log-in of 'publisher': wrong user name or password\n  nothing was written; try again\n");
        File.Exists(Config).ShouldBeFalse();
        (await DoAsync("login", "-u", "publisher", "-p", "wrong", Hub.Address)).Code.ShouldBe(1);
        (await DoAsync("login", "-u", "publisher", Hub.Address)).Code.ShouldBe(2);
        (await DoAsync("login", "--password-stdin", Hub.Address)).Code.ShouldBe(2);
        (await DoAsync("login", "-u", "x", "-p", "x", "no such host")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task What_else_is_in_the_file_stays()
    {
        const string before = "{\n    \"HttpHeaders\": {\"User-Agent\": \"é <me>\"},\n    \"auths\": {\n        \"https://ADDRESS/v1/\": {\"auth\": \"eDp5\"},\n        \"other.example\": {\"auth\": \"eDp5\"}\n    },\n    \"big\": 12345678901234567890\n}\n";
        Write(before.Replace("ADDRESS", Hub.Address, StringComparison.Ordinal));
        (await LoginAsync(Secret, $"http://{Hub.Address}/")).Code.ShouldBe(0);
        var after = await File.ReadAllTextAsync(Config);
        after.ShouldContain("\n    \"HttpHeaders\": {\n        \"User-Agent\": \"é <me>\"");
        after.ShouldContain("\"big\": 12345678901234567890");
        var auths = JsonNode.Parse(after)!["auths"]!.AsObject();
        auths.Select(a => a.Key).ShouldBe(["other.example", Hub.Address]);
        auths[Hub.Address]!["auth"]!.GetValue<string>().ShouldBe(Convert.ToBase64String(Encoding.UTF8.GetBytes($"publisher:{Secret}")));
        Directory.GetFiles(Path.GetDirectoryName(Config)!).ShouldBe([Config]);
        await DoAsync("logout", Hub.Address);
        JsonNode.Parse(await File.ReadAllTextAsync(Config))!["auths"]!.AsObject().Select(a => a.Key).ShouldBe(["other.example"]);

        Write("{ broken");
        (await LoginAsync(Secret, Hub.Address)).Errors.ShouldContain("is not valid JSON");
        (await File.ReadAllTextAsync(Config)).ShouldBe("{ broken");
    }

    [Theory]
    [InlineData("{\"credsStore\":\"test\"}")]
    [InlineData("{\"credHelpers\":{\"ADDRESS\":\"test\"},\"credsStore\":\"missing\"}")]
    public async Task A_credential_helper_keeps_it_where_one_is_configured(string config)
    {
        var kept = Path.Combine(Folder, "kept");
        var helper = Path.Combine(Folder, "docker-credential-test");
        await File.WriteAllTextAsync(helper, $"#!/bin/sh\ncase $1 in store) cat > '{kept}' ;; get) cat '{kept}' ;; erase) rm -f '{kept}' ;; esac\n");
        File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Write(config.Replace("ADDRESS", Hub.Address, StringComparison.Ordinal));
        (await LoginAsync(Secret, Hub.Address)).Code.ShouldBe(0);
        var given = JsonNode.Parse(await File.ReadAllTextAsync(kept))!;
        (given["ServerURL"]!.GetValue<string>(), given["Username"]!.GetValue<string>(), given["Secret"]!.GetValue<string>()).ShouldBe((Hub.Address, "publisher", Secret));
        (await File.ReadAllTextAsync(Config)).ShouldNotContain("\"auth\"");
        (await DoAsync("logout", Hub.Address)).Output.ShouldStartWith("Removing");
        File.Exists(kept).ShouldBeFalse();
    }

    [Fact]
    public async Task A_registry_that_wants_a_token_gets_one_for_the_password()
    {
        using var registry = TokenRegistry.Start("me", "right");
        (await LoginAsync("wrong", registry.Address, "me")).Code.ShouldBe(1);
        (await LoginAsync("right", registry.Address, "me")).Output.ShouldBe("Login Succeeded\n");
    }

    private Task<(int Code, string Output, string Errors)> DoAsync(params string[] arguments) =>
        RealTool.TryAsync("/usr/bin/env", ["DOCKER_CONFIG=" + Path.GetDirectoryName(Config), $"PATH={Folder}:{Environment.GetEnvironmentVariable("PATH")}", Program, "--root", Root, .. arguments]);

    private Task<(int Code, string Output, string Errors)> LoginAsync(string password, string host, string user = "publisher") => RealTool.TryAsync("/usr/bin/env",
        "DOCKER_CONFIG=" + Path.GetDirectoryName(Config), $"PATH={Folder}:{Environment.GetEnvironmentVariable("PATH")}",
        "/bin/sh", "-c", "printf '%s\\n' \"$1\" | \"$0\" login -q -u \"$2\" --password-stdin \"$3\"", Program, password, user, host);

    private void Write(string config)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Config)!);
        File.WriteAllText(Config, config);
    }
}
