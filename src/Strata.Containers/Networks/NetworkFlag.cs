namespace Strata.Containers.Networks;

/// <summary>Reads <c>--network NAME</c> and <c>--network name=NAME,alias=A,ip=ADDRESS</c>.</summary>
public static class NetworkFlag
{
    /// <exception cref="ContainerException">It cannot be read.</exception>
    public static NetworkAttachment Parse(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal)) return new NetworkAttachment { Network = text is "" or "default" ? "bridge" : text };
        var attachment = new NetworkAttachment { Network = "" };
        foreach (var field in text.Split(','))
        {
            var at = field.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) throw new ContainerException($"invalid field {field}");
            var value = field[(at + 1)..].Trim();
            attachment = field[..at].Trim().ToLowerInvariant() switch
            {
                "name" => attachment with { Network = value },
                "alias" => attachment with { Aliases = [.. attachment.Aliases, value] },
                "ip" => attachment with { Ipv4 = value },
                "ip6" => attachment with { Ipv6 = value },
                "mac-address" => attachment with { MacAddress = value },
                var key => throw new ContainerException($"invalid field key {key}", "name, alias, ip, ip6 and mac-address are known"),
            };
        }
        return attachment.Network.Length > 0 ? attachment : throw new ContainerException("network name/id is not specified");
    }
}
