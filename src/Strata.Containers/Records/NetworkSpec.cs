namespace Strata.Containers;

/// <summary>The networks of a container.</summary>
public sealed record NetworkSpec
{
    /// <summary>none, host, container:ID, or bridge: then <see cref="Attachments"/> say which.</summary>
    public string Mode { get; init; } = "none";

    public IReadOnlyList<NetworkAttachment> Attachments { get; init; } = [];

    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>All ports that the image exposes are published.</summary>
    public bool PublishAll { get; init; }

    /// <summary>As 80/tcp.</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];

    public IReadOnlyList<string> Dns { get; init; } = [];

    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>NAME:ADDRESS, for /etc/hosts.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
}

/// <summary>One network that a container is in.</summary>
public sealed record NetworkAttachment
{
    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Names that others on the network find it by, besides its own.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The address that was asked for; null for any.</summary>
    public string? Ipv4 { get; init; }

    public string? Ipv6 { get; init; }

    public string? MacAddress { get; init; }
}

/// <summary>One port of the host that leads into a container.</summary>
public sealed record PortMapping
{
    /// <summary>Empty: all addresses.</summary>
    public string HostAddress { get; init; } = "";

    /// <summary>0: any that is free, chosen at the start.</summary>
    public int HostPort { get; init; }

    /// <summary>With <see cref="HostPort"/> a range, of which any that is free will do; 0 for no range.</summary>
    public int HostPortLast { get; init; }

    public required int ContainerPort { get; init; }

    /// <summary>tcp, udp or sctp.</summary>
    public string Protocol { get; init; } = "tcp";
}
