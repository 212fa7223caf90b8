using System.Collections.Concurrent;
using System.Net;
using Strata.Oci;
using Strata.Registry.Client.Auth;
using Strata.Registry.Client.Transport;

namespace Strata.Registry.Client;

/// <summary>
/// Talks to registries by the OCI distribution spec: resolves, fetches, pushes, lists, searches. One instance serves all registries, from
/// any number of threads; it keeps connections and tokens. What it fetches is verified against the descriptor before it counts.
/// </summary>
public sealed partial class RegistryClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Authenticator _authenticator;
    private readonly RegistryHosts _hosts;
    private readonly RegistryClientOptions _options;
    private readonly ConcurrentDictionary<string, ConnectionBudget> _budgets = new(StringComparer.OrdinalIgnoreCase);

    public RegistryClient(RegistryClientOptions options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler
        {
            // Redirects are followed by hand: a token must not travel to another host.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            // Blobs have their own budget; what is left is for the small requests, which so never wait behind large ones.
            MaxConnectionsPerServer = options.ConnectionsPerHost + 4,
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("strata/0.1");
        _authenticator = new Authenticator(_http, options.Credentials);
        _hosts = new RegistryHosts(options);
    }

    /// <summary>Where a registry is asked: by plain http only on this machine, or where the configuration says so.</summary>
    public Uri AddressOf(string registry) => _hosts.ForWriting(registry);

    public void Dispose() => _http.Dispose();

    private static string PullScope(string repository) => $"repository:{repository}:pull";

    private static string PushScope(string repository) => $"repository:{repository}:pull,push";

    private static string Shown(Reference name) => name.Familiar;
}
