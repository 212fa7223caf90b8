using System.Net;

namespace Strata.Registry.Client.Transport;

/// <summary>From a registry's name to the addresses where it is asked, in order.</summary>
internal sealed class RegistryHosts(RegistryClientOptions options)
{
    private const string DockerHub = "docker.io";

    /// <summary>docker.io is a name; its API is served by this host.</summary>
    private const string DockerHubApi = "registry-1.docker.io";

    /// <summary>Where content may be read from: the mirrors of docker.io first.</summary>
    public IEnumerable<Uri> ForReading(string registry) =>
        registry == DockerHub ? options.Mirrors.Append(ForWriting(registry)) : [ForWriting(registry)];

    public Uri ForWriting(string registry)
    {
        var host = registry == DockerHub ? DockerHubApi : registry;
        return new Uri($"{(IsPlain(registry) ? "http" : "https")}://{host}/");
    }

    /// <summary>True when the registry is asked by plain http: on this machine, or named so in the configuration.</summary>
    private bool IsPlain(string registry)
    {
        var host = HostOf(registry);
        if (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))) return true;
        return options.InsecureRegistries.Any(insecure =>
            string.Equals(insecure, registry, StringComparison.OrdinalIgnoreCase)
            || string.Equals(insecure, host, StringComparison.OrdinalIgnoreCase)
            || (IPNetwork.TryParse(insecure, out var network) && address is not null && network.Contains(address)));
    }

    private static string HostOf(string registry)
    {
        if (registry.StartsWith('[')) return registry[1..registry.IndexOf(']', StringComparison.Ordinal)];
        var colon = registry.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? registry : registry[..colon];
    }
}
