using Strata.Containers.Volumes;

namespace Strata.Containers.Tests;

/// <summary>What each setting does to the process, seen from inside.</summary>
public sealed class FlagTests(ContainerHost host) : ContainerFixture(host)
{
    [Fact]
    public async Task User_groups_folder_and_name()
    {
        var spec = new ContainerSpec { Groups = ["more"], Hostname = "inside", DomainName = "example.org", Network = new NetworkSpec { ExtraHosts = ["db:10.1.2.3"] } };
        (await OutputAsync(RunAsync(["sh", "-c", "id; pwd; hostname; grep db /etc/hosts; cat /etc/hostname"], spec, r => r with { User = "web", WorkingDir = "/made/deep" })))
            .ShouldBe("uid=1000(web) gid=1001(web) groups=1002(extra),1003(more)\n/made/deep\ninside\n10.1.2.3\tdb\ninside\n");
    }

    [Fact]
    public async Task Entrypoint_and_command_are_joined_as_docker_does()
    {
        (await OutputAsync(RunAsync([], change: r => r with { Entrypoint = ["echo"] }))).ShouldBe("\n");
        (await OutputAsync(RunAsync(["a", "b"], change: r => r with { Entrypoint = ["echo"] }))).ShouldBe("a b\n");
    }

    [Fact]
    public async Task A_read_only_root_can_be_written_where_a_tmpfs_is()
    {
        var spec = new ContainerSpec
        {
            Security = new SecuritySpec { ReadOnlyRoot = true },
            Mounts = [MountFlags.ParseTmpfs("/fresh:size=1m,mode=700"), MountFlag.Parse("type=tmpfs,target=/run/x,tmpfs-size=2m,tmpfs-mode=755", "/")],
        };
        (await ShellAsync("touch /x 2>&1; touch /fresh/x && stat -c %a /fresh /run/x; df -k /fresh /run/x | awk 'NR>1{print $2}'", spec)).ShouldBe("touch: /x: Read-only file system\n700\n755\n1024\n2048\n");
    }

    [Fact]
    public async Task Binds_are_writable_or_not()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Host.Folder, "bound")).FullName;
        var spec = new ContainerSpec { Mounts = [MountFlags.ParseVolume($"{folder}:/rw", "/"), MountFlags.ParseVolume($"{folder}:/ro:ro", "/")] };
        (await ShellAsync("echo x > /rw/file; cat /ro/file; echo y 2>/dev/null > /ro/file || echo refused", spec)).ShouldBe("x\nrefused\n");
        (await File.ReadAllTextAsync(Path.Combine(folder, "file"), Stop)).ShouldBe("x\n");
    }

    [Fact]
    public async Task Limits_are_those_of_the_control_groups_and_of_the_process()
    {
        var warnings = new List<string>();
        var spec = new ContainerSpec
        {
            Resources = new ResourceLimits { Memory = 64 << 20, MemorySwap = 64 << 20, NanoCpus = 500_000_000, CpuShares = 512, CpusetCpus = "0", PidsLimit = 64 },
            Ulimits = [UlimitText.Parse("nofile=100:200"), UlimitText.Parse("nproc=1000000:2000000")],
            ShmSize = 1 << 20,
        };
        var record = Host.Open(warnings.Add).Create(Host.Request(["sleep", "1000"], spec));
        await Host.Open(warnings.Add).StartAsync(record.Id, Stop);
        string Group(string controller, string file) => File.ReadAllText($"/sys/fs/cgroup/{controller}/strata-{record.Id}/{file}").Trim();
        if (!File.Exists("/sys/fs/cgroup/cgroup.controllers"))
        {
            Group("memory", "memory.limit_in_bytes").ShouldBe("67108864");
            Group("memory", "memory.memsw.limit_in_bytes").ShouldBe("67108864");
            Group("cpu", "cpu.cfs_quota_us").ShouldBe("50000");
            Group("cpu", "cpu.shares").ShouldBe("512");
            Group("cpuset", "cpuset.cpus").ShouldBe("0");
            Group("pids", "pids.max").ShouldBe("64");
        }
        using var exec = await Containers.ExecAsync(record.Id, new ExecSpec { Command = ["sh", "-c", "ulimit -Sn; ulimit -Hn; df -k /dev/shm | awk 'NR>1{print $2}'"] }, Stop);
        using var output = new MemoryStream();
        await exec.Attachment.CopyOutputAsync(output, Stream.Null, Stop);
        System.Text.Encoding.UTF8.GetString(output.ToArray()).ShouldBe("100\n200\n1024\n");
        await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
    }

    [Fact]
    public async Task More_memory_than_allowed_is_the_end_and_is_said_to_be_so()
    {
        var spec = new ContainerSpec { Resources = new ResourceLimits { Memory = 8 << 20, MemorySwap = 8 << 20 } };
        var record = await StartAsync(["sh", "-c", "x=a; while :; do x=$x$x; done"], spec);
        (await Containers.WaitAsync(record.Id, Stop)).ShouldBe(137);
        (await Containers.FindAsync(record.Id, Stop)).State.OomKilled.ShouldBeTrue();
        await Containers.RemoveAsync(record.Id, force: false, withVolumes: false, Stop);
    }

    [Fact]
    public async Task Capabilities_are_added_and_dropped()
    {
        async Task<ulong> BoundingAsync(SecuritySpec security) => Convert.ToUInt64((await ShellAsync("grep CapBnd /proc/self/status", new ContainerSpec { Security = security })).Split('\t')[1].Trim(), 16);
        (await BoundingAsync(new SecuritySpec())).ShouldBe(0xa80425fbUL);
        (await BoundingAsync(new SecuritySpec { CapDrop = ["ALL"], CapAdd = ["CAP_CHOWN"] })).ShouldBe(1UL);
        (await BoundingAsync(new SecuritySpec { CapAdd = ["CAP_NET_ADMIN"] })).ShouldBe(0xa80425fbUL | 1UL << 12);
    }

    [Fact]
    public async Task Devices_and_kernel_settings()
    {
        var spec = new ContainerSpec { Devices = [new DeviceSpec("/dev/fuse", "/dev/asked", "r")], Sysctls = new Dictionary<string, string> { ["net.ipv4.ip_forward"] = "1" } };
        if (!File.Exists("/dev/fuse")) spec = spec with { Devices = [new DeviceSpec("/dev/null", "/dev/asked", "r")] };
        (await ShellAsync("test -c /dev/asked && cat /proc/sys/net/ipv4/ip_forward", spec)).ShouldBe("1\n");
    }

    [Fact]
    public async Task An_init_reaps_and_is_process_1()
    {
        if (!File.Exists("/usr/bin/tini-static") && !File.Exists("/usr/bin/catatonit")) Assert.Skip("no init is installed; apt-get install tini");
        (await ShellAsync("cat /proc/1/comm", new ContainerSpec { Init = true })).ShouldBeOneOf("docker-init\n", "catatonit\n", "tini\n");
    }

    [Fact]
    public async Task The_host_network_is_the_hosts()
    {
        var own = await ShellAsync("readlink /proc/self/ns/net");
        var hosts = await ShellAsync("readlink /proc/self/ns/net", new ContainerSpec { Network = new NetworkSpec { Mode = "host" } });
        hosts.Trim().ShouldBe(new FileInfo("/proc/self/ns/net").LinkTarget);
        own.ShouldNotBe(hosts);
    }

    [Fact]
    public async Task Three_hundred_layers_are_mounted_and_a_hundred_and_thirty_where_options_must_fit_a_page()
    {
        var folder = Path.Combine(Host.Folder, "many");
        var lowers = Enumerable.Range(0, 300).Select(i => Directory.CreateDirectory(Path.Combine(folder, "a-name-that-is-quite-long-as-those-of-layers-are", $"l{i}")).FullName).ToArray();
        foreach (var (lower, i) in lowers.Select((l, i) => (l, i))) await File.WriteAllTextAsync(Path.Combine(lower, $"f{i}"), "", Stop);
        string Made(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var target = Made("merged");
        Rootfs.OverlayMount.Mount(lowers, Made("upper"), Made("work"), target);
        Directory.EnumerateFiles(target).Count().ShouldBe(300);
        Kernel.MountTable.UnmountAll(target);
        Rootfs.OverlayMount.MountByOptions(lowers[..130], Made("upper2"), Made("work2"), target);
        Directory.EnumerateFiles(target).Count().ShouldBe(130);
        Kernel.MountTable.UnmountAll(target);
    }
}
