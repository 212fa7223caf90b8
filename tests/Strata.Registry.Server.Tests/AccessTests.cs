using System.Net;
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
            ("GET", "/v2/", RegistryAction.Enter), ("GET", "/v2/_catalog", RegistryAction.Enter),
            ("GET", "/v2/a/tags/list", RegistryAction.Pull), ("GET", $"/v2/a/referrers/{digest}", RegistryAction.Pull),
            ("HEAD", $"/v2/a/blobs/{digest}", RegistryAction.Pull), ("GET", "/v2/a/manifests/x", RegistryAction.Pull),
            ("PUT", "/v2/a/manifests/x", RegistryAction.Push), ("DELETE", "/v2/a/manifests/x", RegistryAction.Delete),
            ("DELETE", $"/v2/a/blobs/{digest}", RegistryAction.Delete), ("POST", "/v2/a/blobs/uploads/", RegistryAction.Push),
            ("PATCH", "/v2/a/blobs/uploads/x", RegistryAction.Push), ("PUT", "/v2/a/blobs/uploads/x", RegistryAction.Push),
            ("GET", "/v2/a/blobs/uploads/x", RegistryAction.Push), ("DELETE", "/v2/a/blobs/uploads/x", RegistryAction.Push),
        ];
        foreach (var (decision, status) in ((AccessDecision, HttpStatusCode)[])
            [(AccessDecision.Unauthenticated, HttpStatusCode.Unauthorized), (AccessDecision.Denied, HttpStatusCode.Forbidden)])
        {
            rule.Decision = decision;
            foreach (var (method, path, action) in doors)
            {
                var response = await host.Client.SendAsync(method, path);
                response.StatusCode.ShouldBe(status, path);
                response.Header("WWW-Authenticate").ShouldBe(decision == AccessDecision.Unauthenticated ? rule.Challenge : "");
                rule.Last.Action.ShouldBe(action, path);
                rule.Last.Repository.ShouldBe(action == RegistryAction.Enter ? null : "a");
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

    private sealed class Rule : IRegistryAuthorizer
    {
        public AccessDecision Decision { get; set; } = AccessDecision.Allowed;

        public string? Hidden { get; set; }

        public AccessRequest Last { get; private set; }

        public string Challenge => "Basic realm=\"test\"";

        public ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken)
        {
            Last = request;
            return new(request.Repository is not null && request.Repository == Hidden ? AccessDecision.Denied : Decision);
        }
    }
}
