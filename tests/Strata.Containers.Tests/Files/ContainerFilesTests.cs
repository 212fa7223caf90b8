using Strata.Testing;

namespace Strata.Containers.Tests.Files;

/// <summary>cp, diff, export and commit of real containers, running and not.</summary>
public sealed class ContainerFilesTests(ContainerHost host) : ContainerFixture(host)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_go_in_and_come_out(bool runs)
    {
        var name = runs ? "live" : "still";
        await StrataAsync("create", "--name", name, "--network", "none", "-v", $"{name}-data:/data", "box:1", "sleep", "1000");
        if (runs) (await StrataAsync("start", name)).Code.ShouldBe(0);
        var folder = Path.Combine(Host.Folder, name);
        Directory.CreateDirectory(Path.Combine(folder, "dir"));
        await File.WriteAllTextAsync(Path.Combine(folder, "dir", "file"), "in", Stop);

        var (code, _, errors) = await StrataAsync("cp", Path.Combine(folder, "dir"), $"{name}:/home");
        code.ShouldBe(0, errors);
        errors.ShouldContain($"to {name}:/home");
        (await StrataAsync("cp", Path.Combine(folder, "dir", "file"), $"{name}:/data/kept")).Code.ShouldBe(0);
        (await StrataAsync("cp", $"{name}:/home/dir/file", Path.Combine(folder, "out"))).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(folder, "out"), Stop)).ShouldBe("in");
        (await File.ReadAllTextAsync(Path.Combine(Host.Root, "volumes", $"{name}-data", "_data", "kept"), Stop)).ShouldBe("in");
        RealTool.Output("sh", "-c", "\"$1\" --root \"$2\" cp \"$3:/home/dir\" - | tar -tf -", "sh", Checkout.Program("Strata.Cli", "strata"), Host.Root, name).ShouldBe("dir/\ndir/file\n");
        RealTool.Output("sh", "-c", "tar -C \"$4\" -cf - dir | \"$1\" --root \"$2\" cp - \"$3:/tmp\"", "sh", Checkout.Program("Strata.Cli", "strata"), Host.Root, name, folder);
        (await StrataAsync("diff", name)).Output.ShouldBe("C /home\nA /home/dir\nA /home/dir/file\nC /tmp\nA /tmp/dir\nA /tmp/dir/file\n");
        (await StrataAsync("cp", $"{name}:/missing", folder)).Errors.ShouldContain($"Could not find the file /missing in container {name}");
        (await StrataAsync("rm", "-f", "-v", name)).Code.ShouldBe(0);
        (await StrataAsync("volume", "rm", $"{name}-data")).Code.ShouldBe(0);
        (await File.ReadAllTextAsync("/proc/self/mountinfo", Stop)).ShouldNotContain(Host.Root);
    }

    [Fact]
    public async Task A_link_that_a_container_made_leads_nowhere_outside()
    {
        var secret = Path.Combine(Host.Folder, "secret");
        await File.WriteAllTextAsync(secret, "secret", Stop);
        await StrataAsync("run", "--name", "evil", "--network", "none", "box:1", "ln", "-s", Host.Folder, "/way");
        (await StrataAsync("cp", "evil:/way/secret", Path.Combine(Host.Folder, "stolen"))).Code.ShouldNotBe(0);
        (await StrataAsync("cp", secret, "evil:/way/planted")).Code.ShouldNotBe(0);
        File.Exists(Path.Combine(Host.Folder, "stolen")).ShouldBeFalse();
        File.Exists(Path.Combine(Host.Folder, "planted")).ShouldBeFalse();
        await StrataAsync("rm", "evil");
    }

    [Fact]
    public async Task What_was_changed_becomes_an_image_that_runs_so()
    {
        await StrataAsync("run", "--name", "changed", "--network", "none", "-e", "OWN=yes", "box:1", "sh", "-c", "rm /etc/motd; echo new > /etc/new; chmod 700 /home; rm -r /home/web; mkdir /home/web; touch /home/web/x");
        (await StrataAsync("diff", "changed")).Output.ShouldBe("C /etc\nD /etc/motd\nA /etc/new\nC /home\nC /home/web\nA /home/web/x\n");
        var (code, output, errors) = await StrataAsync("commit", "-m", "a change", "-a", "somebody", "-c", "CMD [\"cat\", \"/etc/new\"]", "-c", "ENV MORE=1", "changed", "made:1");
        code.ShouldBe(0, errors);
        output.ShouldStartWith("sha256:");
        (await StrataAsync("run", "--rm", "--network", "none", "made:1")).Output.ShouldBe("new\n");
        (await StrataAsync("run", "--rm", "--network", "none", "made:1", "sh", "-c", "ls /etc/motd 2>&1; ls /home/web; echo $OWN$MORE; stat -c %a /home")).Output.ShouldBe("ls: /etc/motd: No such file or directory\nx\nyes1\n700\n");
        (await StrataAsync("history", "--format", "{{.Comment}}", "made:1")).Output.ShouldStartWith("a change\n");

        var tar = Path.Combine(Host.Folder, "exported.tar");
        (await StrataAsync("export", "-o", tar, "changed")).Code.ShouldBe(0);
        var listed = RealTool.Output("tar", "-tf", tar);
        listed.ShouldContain("etc/new\n");
        listed.ShouldNotContain("etc/motd");
        await StrataAsync("rm", "changed");
    }
}
