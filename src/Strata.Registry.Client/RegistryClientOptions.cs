namespace Strata.Registry.Client;

/// <summary>How registries are reached. The first three are the keys of dockerd's daemon.json, from Strata's configuration file.</summary>
public sealed record RegistryClientOptions
{
    /// <summary>Asked before docker.io, in this order: <c>registry-mirrors</c>, such as <c>http://127.0.0.1:5599</c>.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>Hosts, or address ranges such as <c>10.0.0.0/8</c>, that may be plain http: <c>insecure-registries</c>. Loopback always may.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Who we are to a registry; null, or no answer, means anonymous.</summary>
    public ICredentialSource Credentials { get; init; } = new DockerConfigCredentials(DockerConfigCredentials.DefaultPath);

    /// <summary>How often a read that was cut off goes on where it stopped, 0 to 10.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Blobs and parts of blobs that arrive at once from one host, 1 to 16.</summary>
    public int ConnectionsPerHost { get; init; } = 4;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a registry may stay silent, 1 second to 10 minutes.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);
}
