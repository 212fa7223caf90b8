using Strata.Testing;

namespace Strata.Containers.Tests;

/// <summary>What a container sees and may do, from inside; and that podman gives no less.</summary>
public sealed class IsolationTests(ContainerHost host) : ContainerFixture(host)
{
    /// <summary>A line a question; the answers of two engines can be laid side by side.</summary>
    private const string Probe = """
        echo processes $(ls /proc | grep -c '^[0-9]')
        echo mounts $(awk '{print $5}' /proc/self/mountinfo | grep -v -e '^/proc' -e '^/sys' -e '^/run' -e '^/etc' | sort | tr '\n' ' ')
        echo devices $(ls /dev | grep -v -e console -e fuse -e core | tr '\n' ' ')
        echo caps $(grep CapEff /proc/self/status | cut -f2)
        echo seccomp $(grep Seccomp: /proc/self/status | cut -f2)
        for f in /proc/kcore /proc/keys /proc/timer_list; do test -s $f && echo "readable $f"; done
        for f in /proc/sys/kernel/hostname /proc/sys/vm/swappiness /proc/sysrq-trigger /sys/kernel/uevent_seqnum; do ( : >> $f ) 2>/dev/null && echo "writable $f"; done
        mount -t tmpfs none /mnt 2>/dev/null && echo can mount
        mknod /tmp/disk b 254 0 2>/dev/null && dd if=/tmp/disk of=/dev/null count=1 2>/dev/null && echo can read disks
        chroot / true 2>/dev/null && echo can chroot
        hostname other 2>/dev/null && echo can name
        ip link add dummy0 type dummy 2>/dev/null && echo can make links
        date -s 2000-01-01 2>&1 | grep -q 'not permitted' || echo can set the clock
        dmesg >/dev/null 2>&1 && echo can read kernel messages
        unshare -m true 2>/dev/null && echo can unshare
        echo interfaces $(ls /sys/class/net | tr '\n' ' ')
        true
        """;

    [Fact]
    public async Task Nothing_more_than_podman_gives()
    {
        var ours = Lines(await ShellAsync("mkdir -p /mnt; " + Probe));
        ours.ShouldContain("interfaces lo");
        ours.ShouldContain("seccomp 2");
        ours.ShouldContain(l => l.StartsWith("caps 00000000a80425fb", StringComparison.Ordinal));
        ours.Where(l => l.StartsWith("can ", StringComparison.Ordinal)).ShouldBe(["can chroot"]);
        ours.Where(l => l.StartsWith("writable ", StringComparison.Ordinal) || l.StartsWith("readable ", StringComparison.Ordinal)).ShouldBeEmpty();
        ours.Single(l => l.StartsWith("devices", StringComparison.Ordinal)).ShouldBe("devices fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero");
        if (!RealTool.Has("podman")) Assert.Skip("podman is not installed; apt-get install podman");
        var theirs = Lines(await PodmanAsync());
        string[] More(string word) => [.. ours.Where(l => l.StartsWith(word, StringComparison.Ordinal)).Except(theirs.Where(l => l.StartsWith(word, StringComparison.Ordinal)))];
        foreach (var word in (string[])["can", "readable", "writable", "devices", "interfaces", "seccomp"]) More(word).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_set_id_program_gives_nothing_where_new_privileges_are_forbidden()
    {
        const string script = "grep NoNewPrivs /proc/self/status | cut -f2";
        (await ShellAsync(script, new ContainerSpec { Security = new SecuritySpec { NoNewPrivileges = true } })).ShouldBe("1\n");
        (await ShellAsync(script)).ShouldBe("0\n");
    }

    [Fact]
    public async Task The_users_of_an_image_are_not_read_from_the_host()
    {
        // A container that has made its list of users a link out of itself.
        var record = Containers.Create(Host.Request(["sh", "-c", "rm /etc/passwd; ln -s ../../../../../../../../etc/shadow /etc/passwd; sleep 1000"]));
        await Containers.StartAsync(record.Id, Stop);
        using (var exec = await Containers.ExecAsync(record.Id, new ExecSpec { Command = ["sh", "-c", "while [ ! -L /etc/passwd ]; do :; done"] }, Stop)) await exec.WaitAsync(Stop);
        var failure = await Should.ThrowAsync<ContainerException>(() => Containers.ExecAsync(record.Id, new ExecSpec { Command = ["true"], User = "web" }, Stop));
        failure.Message.ShouldBe("unable to find user web: no matching entries in passwd file");
        await Containers.RemoveAsync(record.Id, force: true, withVolumes: false, Stop);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<string> PodmanAsync()
    {
        var rootfs = Directory.CreateDirectory(Path.Combine(Host.Folder, "podman-rootfs")).FullName;
        RealTool.Output("cp", "-a", Layers.LayerUnpacker.PathIn(Host.Store.Layers, Host.Images.Inspect("box:1").Layers[0].DiffId) + "/.", rootfs);
        string[] global = ["--root", Path.Combine(Host.Folder, "podman"), "--runroot", Path.Combine(Host.Folder, "podman-run"), "--runtime", "runc", "--cgroup-manager", "cgroupfs", "--events-backend", "none"];
        try
        {
            return await RealTool.RunAsync("podman", [.. global, "run", "--rm", "--network", "none", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000", "--rootfs", rootfs, "sh", "-c", "mkdir -p /mnt; " + Probe]);
        }
        finally
        {
            foreach (var mount in Directory.EnumerateDirectories(Host.Folder, "podman*")) RealTool.Run("/bin/sh", "-c", "awk '{print $5}' /proc/self/mountinfo | grep \"^$1\" | sort -r | xargs -r umount -l", "sh", mount);
        }
    }
}
