using System.Globalization;
using Strata.Containers.Networks;

namespace Strata.Containers.Tests.Networks;

public sealed class PublishFlagTests
{
    [Theory]
    [InlineData("80", ":0->80/tcp")]
    [InlineData("8080:80", ":8080->80/tcp")]
    [InlineData("8080:80/UDP", ":8080->80/udp")]
    [InlineData("127.0.0.1:8080:80", "127.0.0.1:8080->80/tcp")]
    [InlineData("127.0.0.1::80", "127.0.0.1:0->80/tcp")]
    [InlineData("[::1]:8080:80", "::1:8080->80/tcp")]
    [InlineData("8000-8001:80-81", ":8000->80/tcp :8001->81/tcp")]
    [InlineData("8000-8010:80", ":8000-8010->80/tcp")]
    [InlineData("80-81", ":0->80/tcp :0->81/tcp")]
    public void Is_read_as_docker_reads_it(string text, string expected) =>
        string.Join(' ', PublishFlag.Parse(text).Select(Shown)).ShouldBe(expected);

    [Theory]
    [InlineData("abc", "invalid containerPort: abc")]
    [InlineData("0", "invalid containerPort: 0")]
    [InlineData("65536", "invalid containerPort: 65536")]
    [InlineData("x:80", "invalid hostPort: x")]
    [InlineData("8080:", "no port specified: 8080:<empty>")]
    [InlineData("300.1.1.1:80:80", "invalid IP address: 300.1.1.1")]
    [InlineData("80:80/abc", "invalid proto: abc")]
    [InlineData("81-80", "invalid containerPort: 81-80")]
    [InlineData("8000-8002:80-81", "invalid ranges specified for container and host Ports: 80-81 and 8000-8002")]
    public void What_is_wrong_is_said_as_docker_says_it(string text, string says) =>
        Should.Throw<ContainerException>(() => PublishFlag.Parse(text)).Message.ShouldBe(says);

    private static string Shown(PortMapping p) => string.Create(CultureInfo.InvariantCulture,
        $"{p.HostAddress}:{p.HostPort}{(p.HostPortLast > 0 ? $"-{p.HostPortLast}" : "")}->{p.ContainerPort}/{p.Protocol}");
}
