using Strata.Containers.Volumes;
using Strata.Testing;

namespace Strata.Containers.Tests.Volumes;

public sealed class ContainerVolumesTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    private ContainerVolumes Volumes => new(_root.Path, TimeProvider.System);

    [Fact]
    public void A_volume_is_made_once_and_removed()
    {
        var made = Volumes.Create(new VolumeOptions { Name = "data", Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" } });
        Volumes.Create(new VolumeOptions { Name = "data" }).Labels["a"].ShouldBe("b");
        Volumes.List().Select(v => v.Name).ShouldBe(["data"]);
        File.WriteAllText(Path.Combine(Volumes.PathOf(made), "file"), "12345");
        Volumes.Size(made).ShouldBe(5);
        var id = new string('c', 64);
        Should.Throw<ContainerException>(() => Volumes.Remove("data", _ => [id])).Message.ShouldBe($"remove data: volume is in use - [{id}]");
        Volumes.Remove("data", _ => []);
        Should.Throw<ContainerException>(() => Volumes.Remove("data", _ => [])).Message.ShouldBe("get data: no such volume");
        Directory.Exists(_root.Below("volumes/data")).ShouldBeFalse();
    }

    [Fact]
    public void One_without_a_name_gets_64_digits_and_a_mark()
    {
        var mount = Volumes.Prepare([new MountSpec { Kind = MountKind.Volume, Target = "/data" }]).Single();
        mount.Anonymous.ShouldBeTrue();
        mount.Source.Length.ShouldBe(64);
        Volumes.Find(mount.Source).IsAnonymous.ShouldBeTrue();
        Volumes.Prune(v => v.IsAnonymous, _ => []).Removed.Single().Name.ShouldBe(mount.Source);
    }

    [Theory]
    [InlineData("a", "volume name is too short, names should be at least two alphanumeric characters")]
    [InlineData("a/b", "includes invalid characters for a local volume name")]
    [InlineData("../up", "includes invalid characters for a local volume name")]
    public void A_name_that_cannot_be_is_refused(string name, string says) =>
        Should.Throw<ContainerException>(() => Volumes.Create(new VolumeOptions { Name = name })).Message.ShouldContain(says);

    [Fact]
    public void Two_mounts_at_one_place_are_refused() =>
        Should.Throw<ContainerException>(() => Volumes.Prepare([new MountSpec { Kind = MountKind.Tmpfs, Target = "/x" }, new MountSpec { Kind = MountKind.Volume, Target = "/x/" }]))
            .Message.ShouldBe("Duplicate mount point: /x/");

    [Fact]
    public async Task An_empty_volume_gets_what_the_image_has_there()
    {
        RealTool.RequireRoot("sets owners");
        RealTool.Require("setfattr", "attr");
        var rootfs = _root.Folder("rootfs");
        RealTool.Output("sh", "-ec", """
            cd "$1"; mkdir -p srv/real/sub; ln -s /srv/real var; echo one > srv/real/one; ln srv/real/one srv/real/two; ln -s /etc/x srv/real/link
            chown -R 12:34 srv/real; chmod 4755 srv/real/one; chmod 2770 srv/real; setfattr -n user.k -v v srv/real/sub; touch -h -d 2001-02-03 srv/real/* srv/real
            """, "sh", rootfs);
        var mount = Volumes.Prepare([new MountSpec { Kind = MountKind.Volume, Source = "data", Target = "/var" }]).Single();
        await Volumes.FillAsync(mount, rootfs, CancellationToken.None);
        var data = Volumes.PathOf(Volumes.Find("data"));
        Listing(data).ShouldBe(Listing(_root.Below("rootfs/srv/real")));
        RealTool.Output("getfattr", "--only-values", "-n", "user.k", Path.Combine(data, "sub")).ShouldBe("v");

        // What somebody put there stays.
        File.Delete(Path.Combine(data, "one"));
        await Volumes.FillAsync(mount, rootfs, CancellationToken.None);
        File.Exists(Path.Combine(data, "one")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_of_the_image_fills_no_volume_from_outside()
    {
        RealTool.RequireRoot("mounts");
        var rootfs = _root.Folder("rootfs");
        _root.File("outside/secret", "x");
        RealTool.Output("ln", "-s", _root.Below("outside"), Path.Combine(rootfs, "data"));
        var mount = Volumes.Prepare([new MountSpec { Kind = MountKind.Volume, Source = "data", Target = "/data" }]).Single();
        await Volumes.FillAsync(mount, rootfs, CancellationToken.None);
        Directory.GetFileSystemEntries(Volumes.PathOf(Volumes.Find("data"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_copying_it_stays_empty()
    {
        _root.File("rootfs/data/file", "x");
        var mount = Volumes.Prepare([new MountSpec { Kind = MountKind.Volume, Source = "data", Target = "/data", NoCopy = true }]).Single();
        await Volumes.FillAsync(mount, _root.Below("rootfs"), CancellationToken.None);
        Directory.GetFileSystemEntries(Volumes.PathOf(Volumes.Find("data"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_subpath_is_mounted_by_itself_and_leads_nowhere_else()
    {
        RealTool.RequireRoot("mounts");
        var volume = Volumes.PathOf(Volumes.Create(new VolumeOptions { Name = "data" }));
        _root.File("volumes/data/_data/sub/file", "in");
        _root.File("outside/secret", "x");
        RealTool.Output("ln", "-s", _root.Below("outside"), Path.Combine(volume, "escape"));
        var mounts = new SubpathMounts(_root.Below("places"));
        try
        {
            File.ReadAllText(Path.Combine(mounts.Mount(volume, "sub"), "file")).ShouldBe("in");
            File.ReadAllText(mounts.Mount(volume, "sub/file")).ShouldBe("in");
            Should.Throw<ContainerException>(() => mounts.Mount(volume, "escape")).Message.ShouldContain("no such file or directory");
            Should.Throw<ContainerException>(() => mounts.Mount(volume, "../../..//etc")).Message.ShouldContain("no such file or directory");
        }
        finally
        {
            mounts.RemoveAll();
        }
        File.ReadAllText("/proc/self/mountinfo").ShouldNotContain(_root.Path);
        File.Exists(_root.Below("volumes/data/_data/sub/file")).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_of_the_host_can_be_a_volume()
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["type"] = "none", ["o"] = "bind", ["device"] = _root.Folder("there") };
        Volumes.PathOf(Volumes.Create(new VolumeOptions { Name = "bound", Options = options })).ShouldBe(_root.Below("there"));
        Volumes.Remove("bound", _ => []);
        Directory.Exists(_root.Below("there")).ShouldBeTrue();
        Should.Throw<ContainerException>(() => Volumes.Create(new VolumeOptions { Name = "nfs", Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["type"] = "nfs" } }));
    }

    private static string Listing(string folder) => RealTool.Output("sh", "-c", "cd \"$1\" && find . -printf '%p %y %m %U %G %n %l %T@\\n' | sed 's/\\.[0-9]*$//' | sort", "sh", folder);
}
