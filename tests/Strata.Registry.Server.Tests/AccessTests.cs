using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class AccessTests
{
    [Fact]
    public async Task Every_end_point_asks_and_a_refusal_is_401_or_403()
    {
        var rule = new Rule();
        await using var host = await RegistryHost.StartAsync(s => s.AddSingleton<IRegistryAuthorizer>(rule));
        var digest = Digest.Of(Bytes(1));
        (string Method, string Path, RegistryAction Action)[] doors =
        [
            ("GET", "/v2/", RegistryAction.Enter), ("GET", "/v2/_catalog", RegistryAction.List),
            ("GET", "/v2/a/tags/list", RegistryAction.Pull), ("GET", $"/v2/a/referrers/{digest}", RegistryAction.Pull),
            ("HEAD", $"/v2/a/blobs/{digest}", RegistryAction.Pull), ("GET", "/v2/a/manifests/x", RegistryAction.Pull),
            ("PUT", "/v2/a/manifests/x", RegistryAction.Push), ("DELETE", "/v2/a/manifests/x", RegistryAction.Delete),
            ("DELETE", $"/v2/a/blobs/{digest}", RegistryAction.Delete), ("POST", "/v2/a/blobs/uploads/", RegistryAction.Push),
            ("PATCH", "/v2/a/blobs/uploads/x", RegistryAction.Push), ("PUT", "/v2/a/blobs/uploads/x", RegistryAction.Push),
            ("GET", "/v2/a/blobs/uploads/x", RegistryAction.Push), ("DELETE", "/v2/a/blobs/uploads/x", RegistryAction.Push),
        ];
        foreach (var (decision, status) in ((AccessDecision, HttpStatusCode)[])
        [
            (AccessDecision.Unauthenticated, HttpStatusCode.Unauthorized), (AccessDecision.InvalidToken, HttpStatusCode.Unauthorized),
            (AccessDecision.InsufficientScope, HttpStatusCode.Unauthorized), (AccessDecision.Denied, HttpStatusCode.Forbidden),
            (AccessDecision.Throttled, HttpStatusCode.TooManyRequests),
        ])
        {
            rule.Decision = decision;
            foreach (var (method, path, action) in doors)
            {
                var response = await host.Client.SendAsync(method, path);
                response.StatusCode.ShouldBe(status, path);
                response.Header("WWW-Authenticate").ShouldBe($"Test {decision}");
                response.Header("Retry-After").ShouldBe(decision == AccessDecision.Throttled ? "3" : "");
                rule.Last.Action.ShouldBe(action, path);
                rule.Last.Repository.ShouldBe(action is RegistryAction.Enter or RegistryAction.List ? null : "a");
            }
        }
    }

    [Fact]
    public async Task A_blob_is_not_mounted_from_where_the_client_may_not_read()
    {
        var rule = new Rule();
        await using var host = await RegistryHost.StartAsync(s => s.AddSingleton<IRegistryAuthorizer>(rule));
        var digest = await host.Client.PushBlobAsync(Bytes(10), "secret/app");
        rule.Hidden = "secret/app";
        foreach (var from in (string[])["&from=secret/app", ""])
            (await host.Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={digest}{from}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task What_goes_on_with_an_upload_says_when_it_began()
    {
        var rule = new Rule();
        await using var host = await RegistryHost.StartAsync(s => s.AddSingleton<IRegistryAuthorizer>(rule));
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var begun = await host.Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/");
        rule.Last.UploadStarted.ShouldBeNull();
        await host.Client.SendAsync("GET", begun.Header("Location"));
        rule.Last.UploadStarted!.Value.ShouldBeInRange(before, TimeProvider.System.GetUtcNow());
        foreach (var id in (string[])["0123", new string('f', 58)])
        {
            (await host.Client.SendAsync("PATCH", $"/v2/{Repository}/blobs/uploads/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            rule.Last.UploadStarted.ShouldBeNull();
        }
    }

    [Fact]
    public async Task The_catalogue_names_what_the_client_may_see_in_pages_of_the_size_asked_for()
    {
        var rule = new Rule();
        await using var host = await RegistryHost.StartAsync(s => s.AddSingleton<IRegistryAuthorizer>(rule));
        foreach (var name in (string[])["a/1", "a/2", "b/1", "b/2", "c/1"]) await host.Client.PushImageAsync("x", name);
        rule.Visible = n => !n.StartsWith('b');
        (await host.Client.GetStringAsync("/v2/_catalog")).ShouldBe("""{"repositories":["a/1","a/2","c/1"]}""");
        var page = await host.Client.SendAsync("GET", "/v2/_catalog?n=2");
        (await page.Content.ReadAsStringAsync()).ShouldBe("""{"repositories":["a/1","a/2"]}""");
        page.Header("Link").ShouldBe("</v2/_catalog?n=2&last=a%2F2>; rel=\"next\"");
        page = await host.Client.SendAsync("GET", "/v2/_catalog?n=2&last=a%2F2");
        (await page.Content.ReadAsStringAsync()).ShouldBe("""{"repositories":["c/1"]}""");
        page.Header("Link").ShouldBe("");
    }

    private sealed class Rule : IRegistryAuthorizer
    {
        public AccessDecision Decision { get; set; } = AccessDecision.Allowed;

        public string? Hidden { get; set; }

        public Predicate<string>? Visible { get; set; }

        public AccessRequest Last { get; private set; }

        public ValueTask<AccessAnswer> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken)
        {
            Last = request;
            var decision = request.Repository is not null && request.Repository == Hidden ? AccessDecision.Denied : Decision;
            return new(new AccessAnswer(decision, RetryAfter: TimeSpan.FromSeconds(2.5)));
        }

        public string? Challenge(HttpRequest http, AccessRequest request, AccessDecision decision) => $"Test {decision}";

        public ValueTask<Predicate<string>?> VisibleAsync(AccessRequest request, CancellationToken cancellationToken) => new(Visible);
    }
}
