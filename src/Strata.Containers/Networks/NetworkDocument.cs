using System.Globalization;
using System.Text.Json.Nodes;

namespace Strata.Containers.Networks;

/// <summary>A network as <c>docker network inspect</c> and the Engine API show it.</summary>
public static class NetworkDocument
{
    public static JsonObject Of(NetworkDefinition network, IReadOnlyList<NetworkMember> members) => new()
    {
        ["Name"] = network.Name,
        ["Id"] = network.Id,
        ["Created"] = network.Created.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        ["Scope"] = "local",
        ["Driver"] = network.Driver,
        ["EnableIPv4"] = true,
        ["EnableIPv6"] = network.HasIpv6,
        ["IPAM"] = new JsonObject
        {
            ["Driver"] = "default",
            ["Options"] = null,
            ["Config"] = new JsonArray([.. network.Subnets.Select(Subnet)]),
        },
        ["Internal"] = network.Internal,
        ["Attachable"] = false,
        ["Ingress"] = false,
        ["ConfigFrom"] = new JsonObject { ["Network"] = "" },
        ["ConfigOnly"] = false,
        ["Containers"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Id, (JsonNode?)Member(network, m)))),
        ["Options"] = Texts(network.Options),
        ["Labels"] = Texts(network.Labels),
    };

    /// <summary>Docker gives each container an ID of its own on each network; here it follows from both.</summary>
    public static string EndpointId(string networkId, string containerId) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(networkId + containerId)));

    private static JsonNode Subnet(NetworkSubnet subnet)
    {
        var node = new JsonObject { ["Subnet"] = subnet.Subnet };
        if (subnet.Range is not null) node["IPRange"] = subnet.Range;
        node["Gateway"] = subnet.Gateway;
        return node;
    }

    private static JsonObject Member(NetworkDefinition network, NetworkMember member) => new()
    {
        ["Name"] = member.Name,
        ["EndpointID"] = EndpointId(network.Id, member.Id),
        ["MacAddress"] = member.Endpoint.MacAddress,
        ["IPv4Address"] = WithLength(member.Endpoint.Ipv4, member.Endpoint.Ipv4PrefixLength),
        ["IPv6Address"] = WithLength(member.Endpoint.Ipv6, member.Endpoint.Ipv6PrefixLength),
    };

    private static string WithLength(string address, int length) => address.Length == 0 ? "" : $"{address}/{length.ToString(CultureInfo.InvariantCulture)}";

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts) =>
        new(texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value)));
}
