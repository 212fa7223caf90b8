using System.Net;
using Strata.Containers.Networks;
using Strata.Testing;

namespace Strata.Containers.Tests.Networks;

public sealed class NetworkDefinitionTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    private ContainerNetworks Networks => new(_root.Path, TimeProvider.System);

    [Fact]
    public void Three_networks_come_with_the_product_and_stay()
    {
        Networks.List().Select(n => (n.Name, n.Driver)).ShouldBe([("bridge", "bridge"), ("host", "host"), ("none", "null")]);
        Networks.Find("bridge").Id.ShouldBe(Networks.Find("bridge").Id);
        foreach (var name in new[] { "bridge", "host", "none" })
            Should.Throw<ContainerException>(() => Networks.Remove(name)).Message.ShouldBe($"{name} is a pre-defined network and cannot be removed");
    }

    [Fact]
    public void A_network_is_found_by_its_name_and_the_begin_of_its_ID()
    {
        var made = Networks.Create(new NetworkOptions { Name = "front", Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" } });
        var found = Networks.Find("front");
        (found.Id, found.Created, found.Labels["a"], found.Subnets.Single()).ShouldBe((made.Id, made.Created, "b", made.Subnets.Single()));
        Networks.Find(made.Id[..12]).Id.ShouldBe(made.Id);
        Networks.Remove("front").Id.ShouldBe(made.Id);
        Should.Throw<ContainerException>(() => Networks.Find("front")).Message.ShouldBe("network front not found");
    }

    [Theory]
    [InlineData("bad name", "invalid network name \"bad name\": only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed")]
    [InlineData("bridge", "network with name bridge already exists")]
    public void A_name_that_cannot_be_is_refused(string name, string says) =>
        Should.Throw<ContainerException>(() => Networks.Create(new NetworkOptions { Name = name })).Message.ShouldBe(says);

    [Theory]
    [InlineData("10.9", null, null, "invalid subnet 10.9: invalid CIDR block notation")]
    [InlineData("10.77.1.5/24", null, null, "invalid subnet 10.77.1.5/24: it should be 10.77.1.0/24")]
    [InlineData("10.77.1.0/24", "10.78.1.1", null, "no matching subnet for gateway 10.78.1.1")]
    [InlineData("10.77.1.0/24", null, "10.78.1.0/28", "no matching subnet for range 10.78.1.0/28")]
    [InlineData("10.77.0.0/16", null, null, "invalid pool request: Pool overlaps with other one on this address space")]
    public void Addresses_that_cannot_be_are_refused(string subnet, string? gateway, string? range, string says)
    {
        Networks.Create(new NetworkOptions { Name = "there", Subnets = ["10.77.9.0/24"] });
        var options = new NetworkOptions { Name = "new", Subnets = [subnet], Gateways = gateway is null ? [] : [gateway], Ranges = range is null ? [] : [range] };
        Should.Throw<ContainerException>(() => Networks.Create(options)).Message.ShouldBe(says);
        Networks.List().ShouldNotContain(n => n.Name == "new");
    }

    [Fact]
    public void Networks_have_ranges_of_their_own()
    {
        for (var i = 0; i < 20; i++) Networks.Create(new NetworkOptions { Name = $"n{i}", Ipv6 = i % 2 == 0 });
        var all = Networks.List().SelectMany(n => n.Subnets).Select(s => s.Network).ToArray();
        all.Length.ShouldBe(31);
        foreach (var (a, i) in all.Select((n, i) => (n, i)))
            foreach (var b in all.Skip(i + 1)) Subnets.Overlap(a, b).ShouldBeFalse($"{a} and {b}");
    }

    [Fact]
    public void Names_are_given_once_however_many_ask_at_once()
    {
        var made = 0;
        Parallel.For(0, 16, i =>
        {
            try
            {
                Networks.Create(new NetworkOptions { Name = $"n{i % 4}" });
                Interlocked.Increment(ref made);
            }
            catch (ContainerException e) when (e.Message.EndsWith("already exists", StringComparison.Ordinal))
            {
                // Somebody was first.
            }
        });
        made.ShouldBe(4);
        Networks.List().Count.ShouldBe(7);
    }

    [Fact]
    public void Addresses_are_given_once_and_come_back()
    {
        var store = new NetworkStore(_root.Path, TimeProvider.System);
        _ = store.All();
        var network = Networks.Create(new NetworkOptions { Name = "small", Subnets = ["10.77.1.0/29"], Gateways = ["10.77.1.3"] });
        var leases = store.Leases(network);
        var taken = Enumerable.Range(0, 5).Select(i => leases.Take(Id(i), null, null).Single()).ToArray();
        taken.ShouldBe(["10.77.1.1", "10.77.1.2", "10.77.1.4", "10.77.1.5", "10.77.1.6"]);
        Should.Throw<ContainerException>(() => leases.Take(Id(9), null, null)).Message.ShouldStartWith("no available IPv4 addresses");
        Should.Throw<ContainerException>(() => leases.Take(Id(9), "10.77.1.2", null)).Message.ShouldBe("Address already in use");
        Should.Throw<ContainerException>(() => leases.Take(Id(9), "10.77.2.2", null)).Message.ShouldStartWith("no configured subnet or ip-range contain");
        leases.Release(id => id == Id(1));
        leases.Take(Id(9), "10.77.1.2", null).ShouldBe(["10.77.1.2"]);
    }

    [Fact]
    public void Containers_get_addresses_of_the_range_only()
    {
        var store = new NetworkStore(_root.Path, TimeProvider.System);
        var network = Networks.Create(new NetworkOptions { Name = "ranged", Subnets = ["10.77.1.0/24"], Ranges = ["10.77.1.128/30"] });
        Enumerable.Range(0, 4).Select(i => store.Leases(network).Take(Id(i), null, null).Single()).ShouldBe(["10.77.1.128", "10.77.1.129", "10.77.1.130", "10.77.1.131"]);
        IPAddress.Parse(network.Subnets[0].Gateway).ShouldBe(IPAddress.Parse("10.77.1.1"));
    }

    private static string Id(int i) => new((char)('0' + i), 64);
}
