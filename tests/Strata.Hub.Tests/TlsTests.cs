using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Strata.Testing;

namespace Strata.Hub.Tests;

/// <summary>A hub with a certificate of its own. Its judges are curl, openssl, skopeo and podman.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Pem = "\"tls\": { \"certificate\": \"hub.pem\", \"key\": \"hub.key\" }";
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates = new();

    public TlsTests() => File.WriteAllText(_folder.Below("ca.crt"), _certificates.RootPem);

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Curl_trusts_it_by_the_root_alone_and_speaks_http2()
    {
        WritePem();
        using var hub = await StartAsync(Pem);
        (await CurlAsync(hub, "/v2/", "--write-out", " %{http_version}")).ShouldBe("{} 2");
        (await CurlAsync(hub, "/v2/", "--http1.1", "--write-out", " %{http_version}")).ShouldBe("{} 1.1");
        (await RealTool.TryAsync("curl", "--silent", "--show-error", hub.Address + "/v2/")).Code.ShouldBe(60); // who does not know the root
    }

    [Theory]
    [InlineData("-tls1_3", "TLSv1.3")]
    [InlineData("-tls1_2", "TLSv1.2")]
    [InlineData("-tls1_1", null)]
    [InlineData("-tls1", null)]
    public async Task Openssl_agrees_on_tls_1_2_and_above(string version, string? agreed)
    {
        WritePem();
        using var hub = await StartAsync(Pem);
        var (code, output, _) = await RealTool.TryAsync(
            "openssl", "s_client", "-connect", hub.Registry, "-CAfile", _folder.Below("ca.crt"), "-verify_return_error", "-alpn", "h2", "-cipher", "ALL:@SECLEVEL=0", version);
        if (agreed is null) code.ShouldNotBe(0);
        else output.ShouldSatisfyAllConditions(o => o.ShouldContain(agreed), o => o.ShouldContain("Verify return code: 0 (ok)"), o => o.ShouldContain("ALPN protocol: h2"));
    }

    [Fact]
    public async Task Skopeo_and_podman_push_and_pull_with_a_folder_of_certificates()
    {
        WritePem();
        using var tools = new ContainerTools();
        using var hub = await StartAsync(Pem);
        var certificates = Directory.CreateDirectory(_folder.Below("certs")).FullName;
        File.Copy(_folder.Below("ca.crt"), Path.Combine(certificates, "ca.crt"));
        var name = $"{hub.Registry}/me/app:1";
        await tools.RunAsync("podman", "import", "--quiet", await tools.NewTarAsync(), name);
        await Should.ThrowAsync<InvalidOperationException>(() => tools.RunAsync("podman", "push", name));
        await tools.RunAsync("podman", "push", "--tls-verify", "--cert-dir", certificates, name);
        await RealTool.RunAsync("skopeo", "copy", "--src-cert-dir", certificates, "--dest-cert-dir", certificates, "docker://" + name, $"docker://{hub.Registry}/me/copy:1");
        (await RealTool.RunAsync("skopeo", "inspect", "--cert-dir", certificates, "--raw", $"docker://{hub.Registry}/me/copy:1")).ShouldContain("layers");
        await tools.RunAsync("podman", "rmi", "--all", "--force");
        await tools.RunAsync("podman", "pull", "--tls-verify", "--cert-dir", certificates, $"{hub.Registry}/me/copy:1");
    }

    [Fact]
    public async Task New_files_are_for_new_connections_and_broken_ones_change_nothing()
    {
        var first = WritePem();
        using var hub = await StartAsync(Pem);
        using var open = await ConnectAsync(hub);
        ThumbprintOf(open).ShouldBe(first);

        File.WriteAllText(_folder.Below("hub.key"), _certificates.NewPem().Key);
        (await hub.Errors.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldContain("stays as it was for clients: the certificate");
        (await SeenAsync(hub)).ShouldBe(first);

        var second = WritePem();
        while (await SeenAsync(hub) != second) await Task.Yield();
        // The connection from before goes on.
        await open.WriteAsync("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[1000];
        Encoding.ASCII.GetString(answer, 0, await open.ReadAsync(answer, TestContext.Current.CancellationToken)).ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public async Task A_pfx_or_an_encrypted_key_has_a_password()
    {
        var (pfx, thumbprint) = _certificates.NewPfx("secret");
        File.WriteAllBytes(_folder.Below("hub.pfx"), pfx);
        using (var hub = await StartAsync("\"tls\": { \"certificate\": \"hub.pfx\", \"password\": \"secret\" }"))
        {
            (await SeenAsync(hub)).ShouldBe(thumbprint);
            (await CurlAsync(hub, "/v2/")).ShouldBe("{}");
        }
        var encrypted = _certificates.NewPem("secret");
        File.WriteAllText(_folder.Below("all.pem"), encrypted.Chain + encrypted.Key);
        using (var hub = await StartAsync("\"tls\": { \"certificate\": \"all.pem\", \"password\": \"secret\" }")) (await SeenAsync(hub)).ShouldBe(encrypted.Thumbprint);
    }

    [Theory]
    [InlineData("\"tls\": { \"certificate\": \"missing.pem\" }", "missing.pem cannot be used: ")]
    [InlineData("\"tls\": { \"certificate\": \"hub.pem\" }", "hub.pem cannot be used: ")]
    [InlineData("\"tls\": { \"certificate\": \"hub.pem\", \"key\": \"ca.crt\" }", "hub.pem cannot be used: ")]
    [InlineData("\"tls\": { \"key\": \"hub.key\" }", "tls.key is of no use without certificate")]
    public async Task What_cannot_be_used_is_said_at_the_start(string settings, string said)
    {
        WritePem();
        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(settings))).Message.ShouldContain(said);
    }

    [Fact]
    public async Task Browsers_are_told_to_stay_with_tls_and_to_run_nothing()
    {
        WritePem();
        using var hub = await StartAsync(Pem);
        var port = hub.Registry.Split(':')[1];
        var headers = await CurlAsync(hub, "/healthz", "--head", "--request", "GET", "--resolve", $"hub.example:{port}:127.0.0.1", "--url", $"https://hub.example:{port}/healthz");
        headers.ShouldContain("strict-transport-security: max-age=2592000");
        headers.ShouldContain("content-security-policy: default-src 'none'; frame-ancestors 'none'");
        headers.ShouldContain("x-content-type-options: nosniff");
        headers.ShouldContain("referrer-policy: no-referrer");
        (await CurlAsync(hub, "/v2/", "--include")).ShouldNotContain("strict-transport-security");
        using var plain = await ServedHub.StartAsync(Directory.CreateDirectory(_folder.Below("plain")).FullName, "\"tls\": {}");
        (await plain.Client.GetAsync("/")).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_named_in_the_log()
    {
        WritePem(days: 6);
        using var hub = await StartAsync(Pem);
        (await hub.Errors.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldContain($"The certificate {_folder.Below("hub.pem")} ends at ");
    }

    private string WritePem(int days = 10)
    {
        var (chain, key, thumbprint) = _certificates.NewPem(days: days);
        File.WriteAllText(_folder.Below("hub.pem"), chain);
        File.WriteAllText(_folder.Below("hub.key"), key);
        return thumbprint;
    }

    private Task<ServedHub> StartAsync(string settings) => ServedHub.StartAsync(_folder.Path, settings);

    private Task<string> CurlAsync(ServedHub hub, string path, params string[] options) =>
        RealTool.RunAsync("curl", ["--silent", "--show-error", "--cacert", _folder.Below("ca.crt"), .. options, .. options.Contains("--url") ? (string[])[] : [hub.Address + path]]);

    private static async Task<string> SeenAsync(ServedHub hub)
    {
        using var connection = await ConnectAsync(hub);
        return ThumbprintOf(connection);
    }

    private static string ThumbprintOf(SslStream connection) => ((X509Certificate2)connection.RemoteCertificate!).Thumbprint;

    private static async Task<SslStream> ConnectAsync(ServedHub hub)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(hub.Registry));
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // Others judge whether it can be trusted.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return stream;
    }
}
