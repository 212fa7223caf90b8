using System.Globalization;
using Strata.Containers.Volumes;

namespace Strata.Containers.Tests.Volumes;

public sealed class MountFlagTests
{
    [Theory]
    [InlineData("data:/data", "Volume data /data")]
    [InlineData("/data", "Volume  /data anonymous")]
    [InlineData("/host:/data", "Bind /host /data create")]
    [InlineData("/host:/data:ro", "Bind /host /data ro create")]
    [InlineData("./sub:/data", "Bind /here/sub /data create")]
    [InlineData("../x:/data:ro,rslave", "Bind /x /data ro create rslave")]
    [InlineData("data:/data:nocopy,z", "Volume data /data nocopy")]
    public void A_volume_is_read_as_docker_reads_it(string text, string expected) => Shown(MountFlags.ParseVolume(text, "/here")).ShouldBe(expected);

    [Theory]
    [InlineData("type=volume,source=data,target=/data", "Volume data /data")]
    [InlineData("target=/data", "Volume  /data anonymous")]
    [InlineData("type=bind,src=/host,dst=/data,readonly", "Bind /host /data ro")]
    [InlineData("type=bind,src=/host,dst=/data,ro=false,bind-propagation=rshared", "Bind /host /data rshared")]
    [InlineData("type=volume,src=data,dst=/data,volume-subpath=a/b,volume-nocopy", "Volume data /data nocopy sub:a/b")]
    [InlineData("type=tmpfs,dst=/run,tmpfs-size=64m,tmpfs-mode=1770", "Tmpfs  /run size:67108864 mode:1770")]
    public void A_mount_is_read_as_docker_reads_it(string text, string expected) => Shown(MountFlag.Parse(text, "/here")).ShouldBe(expected);

    [Theory]
    [InlineData("", "invalid empty volume spec")]
    [InlineData(":/data", "invalid spec: :/data: empty section between colons")]
    [InlineData("a:b:c:d", "invalid spec: a:b:c:d: too many colons")]
    [InlineData("data:relative", "invalid volume specification: 'data:relative': invalid mount config for type \"volume\": invalid mount path: 'relative' mount path must be absolute")]
    [InlineData("/x:/", "invalid volume specification: '/x:/': invalid mount config for type \"bind\": invalid specification: destination can't be '/'")]
    [InlineData("/x:/y:rw,what", "invalid mode: rw,what")]
    public void A_wrong_volume_is_refused_as_docker_refuses_it(string text, string says) =>
        Should.Throw<ContainerException>(() => MountFlags.ParseVolume(text, "/")).Message.ShouldBe(says);

    [Theory]
    [InlineData("type=bind,src=/x", "target is required")]
    [InlineData("type=nothing,dst=/x", "invalid mount config for type \"nothing\": mount type unknown")]
    [InlineData("type=bind,dst=/x", "invalid mount config for type \"bind\": field Source must not be empty")]
    [InlineData("type=bind,src=x,dst=/x", "invalid mount config for type \"bind\": invalid mount path: 'x' mount path must be absolute")]
    [InlineData("type=bind,src=/x,dst=/x,volume-nocopy", "cannot mix 'volume-*' options with mount type 'bind'")]
    [InlineData("dst=/x,tmpfs-size=1", "cannot mix 'tmpfs-*' options with mount type 'volume'")]
    [InlineData("dst", "invalid field 'dst' must be a key=value pair")]
    [InlineData("dst=/x,colour=red", "unexpected key 'colour' in 'colour=red'")]
    [InlineData("dst=/x,ro=maybe", "invalid value for ro: maybe")]
    [InlineData("type=tmpfs,dst=/x,tmpfs-mode=9", "invalid value for tmpfs-mode: 9")]
    [InlineData("type=tmpfs,dst=/x,tmpfs-size=much", "invalid value for tmpfs-size: much")]
    public void A_wrong_mount_is_refused_as_docker_refuses_it(string text, string says) =>
        Should.Throw<ContainerException>(() => MountFlag.Parse(text, "/")).Message.ShouldBe(says);

    private static string Shown(MountSpec m) => string.Create(CultureInfo.InvariantCulture,
        $"{m.Kind} {m.Source} {m.Target}{(m.Anonymous ? " anonymous" : "")}{(m.ReadOnly ? " ro" : "")}{(m.CreateSource ? " create" : "")}{(m.NoCopy ? " nocopy" : "")}{(m.Propagation.Length > 0 ? " " + m.Propagation : "")}{(m.Subpath.Length > 0 ? $" sub:{m.Subpath}" : "")}{(m.TmpfsSize > 0 ? $" size:{m.TmpfsSize}" : "")}{(m.TmpfsMode is { } mode ? $" mode:{Convert.ToString(mode, 8)}" : "")}");
}
