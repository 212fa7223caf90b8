using System.Text.Json.Nodes;

namespace Strata.Containers.Tests.Volumes;

/// <summary>Volumes and binds as people use them.</summary>
public sealed class VolumeRunTests(ContainerHost host) : ContainerFixture(host)
{
    [Fact]
    public async Task A_volume_keeps_what_one_container_wrote_for_the_next()
    {
        (await RunBoxAsync("-v", "kept:/home/web", "--", "sh", "-c", "ls -ld /home/web; echo written > /home/web/file")).ShouldContain("/home/web");
        (await RunBoxAsync("-v", "kept:/data:ro", "--", "sh", "-c", "cat /data/file; touch /data/x 2>&1 || true")).ShouldContain("written\ntouch: /data/x: Read-only file system");
        (await StrataAsync("volume", "ls", "-f", "name=kept")).Output.ShouldBe("DRIVER   VOLUME NAME\nlocal    kept\n");
        var inspected = JsonNode.Parse((await StrataAsync("volume", "inspect", "kept")).Output)![0]!;
        (await File.ReadAllTextAsync(Path.Combine(inspected["Mountpoint"]!.GetValue<string>(), "file"), Stop)).ShouldBe("written\n");
        (await StrataAsync("volume", "rm", "kept")).Output.ShouldBe("kept\n");
        (await StrataAsync("volume", "inspect", "kept")).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(1), r => r.Output.ShouldBe("[]\n"), r => r.Errors.ShouldContain("get kept: no such volume"));
    }

    [Fact]
    public async Task A_volume_in_use_stays_until_its_container_is_gone()
    {
        var id = (await StrataAsync("create", "--name", "user", "-v", "used:/data", "-v", "/anonymous", "box:1", "true")).Output.Trim();
        (await StrataAsync("volume", "rm", "used")).Errors.ShouldContain($"remove used: volume is in use - [{id}]");
        var anonymous = (await Containers.FindAsync("user", Stop)).Spec.Mounts.Single(m => m.Anonymous).Source;
        anonymous.Length.ShouldBe(64);
        (await StrataAsync("rm", "-v", "user")).Code.ShouldBe(0);
        Containers.Volumes.TryFind(anonymous).ShouldBeNull();
        Containers.Volumes.TryFind("used").ShouldNotBeNull();
        (await StrataAsync("volume", "prune", "-f", "-a")).Output.ShouldContain("Deleted Volumes:\nused\n");
    }

    [Fact]
    public async Task An_empty_volume_begins_with_what_the_image_has()
    {
        (await RunBoxAsync("-v", "filled:/etc", "--", "true")).ShouldBe("");
        (await RunBoxAsync("-v", "filled:/x", "--", "cat", "/x/motd")).ShouldBe("hello\n");
        (await RunBoxAsync("-v", "hollow:/etc:nocopy", "--", "ls", "/etc")).ShouldNotContain("motd");
        await StrataAsync("volume", "rm", "filled", "hollow");
    }

    [Fact]
    public async Task A_folder_of_the_host_is_bound_and_made_only_for_v()
    {
        var folder = Path.Combine(Host.Folder, "bound");
        (await RunBoxAsync("-v", $"{folder}:/data", "--", "sh", "-c", "echo x > /data/file")).ShouldBe("");
        (await File.ReadAllTextAsync(Path.Combine(folder, "file"), Stop)).ShouldBe("x\n");
        (await RunBoxAsync("--mount", $"type=bind,src={folder}/file,dst=/one,readonly", "--", "cat", "/one")).ShouldBe("x\n");
        var (code, _, errors) = await StrataAsync("run", "--rm", "--mount", $"type=bind,src={folder}/missing,dst=/data", "--network", "none", "box:1", "true");
        (code, errors).ShouldSatisfyAllConditions(r => r.code.ShouldBe(125), r => r.errors.ShouldContain("bind source path does not exist"));
    }

    [Fact]
    public async Task A_folder_in_a_volume_and_memory_are_mounted()
    {
        await RunBoxAsync("-v", "parts:/data", "--", "sh", "-c", "mkdir -p /data/a/b; echo deep > /data/a/b/file; ln -s /etc /data/out");
        (await RunBoxAsync("--mount", "src=parts,dst=/d,volume-subpath=a/b", "--", "ls", "/d")).ShouldBe("file\n");
        (await StrataAsync("run", "--rm", "--network", "none", "--mount", "src=parts,dst=/d,volume-subpath=out", "box:1", "true")).Code.ShouldBe(125);
        (await RunBoxAsync("--tmpfs", "/scratch:size=1m", "--", "sh", "-c", "grep /scratch /proc/mounts")).ShouldContain("tmpfs /scratch tmpfs");
        (await File.ReadAllTextAsync("/proc/self/mountinfo", Stop)).ShouldNotContain("subpaths");
        await StrataAsync("volume", "rm", "parts");
    }

    private async Task<string> RunBoxAsync(params string[] words)
    {
        var split = Array.IndexOf(words, "--");
        var (code, output, errors) = await StrataAsync(["run", "--rm", "--network", "none", .. words[..split], "box:1", .. words[(split + 1)..]]);
        code.ShouldBe(0, errors);
        return output;
    }
}
