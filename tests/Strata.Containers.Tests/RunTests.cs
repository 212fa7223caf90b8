namespace Strata.Containers.Tests;

/// <summary>`strata run` as people type it: streams, exit codes, errors in docker's words.</summary>
public sealed class RunTests(ContainerHost host) : ContainerFixture(host)
{
    [Fact]
    public async Task Output_errors_and_exit_code_come_through()
    {
        var (code, output, errors) = await StrataAsync("run", "--rm", "box:1", "sh", "-c", "echo out; echo err >&2; exit 7");
        (code, output, errors).ShouldBe((7, "out\n", "err\n"));
    }

    [Theory]
    [InlineData(127, "executable file not found in $PATH", "nope")]
    [InlineData(126, "permission denied", "/etc/motd")]
    [InlineData(125, "unable to find user nobodyhere: no matching entries in passwd file", "-u", "nobodyhere")]
    [InlineData(125, "invalid mount config for type \"bind\": bind source path does not exist: /no/such", "--mount", "type=bind,src=/no/such,dst=/x")]
    [InlineData(125, "No such image: nothere", "--pull", "never", "nothere")]
    [InlineData(125, "network mynet not found", "--network", "mynet")]
    [InlineData(125, "there is no option '--nope'", "--nope")]
    [InlineData(125, "invalid capability: NOPE", "--cap-add", "NOPE")]
    [InlineData(125, "invalid ulimit type: nope", "--ulimit", "nope=1")]
    public async Task What_cannot_be_is_said_with_dockers_code(int expected, string message, params string[] words)
    {
        string[] image = words.Contains("nothere") ? [] : words is ["nope"] or ["/etc/motd"] ? ["box:1", .. words] : [.. words, "box:1", "true"];
        var (code, output, errors) = await StrataAsync(["run", "--rm", .. image.Length == 0 ? words : image]);
        errors.ShouldContain(message, Case.Insensitive);
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeLessThan(4);
        (code, output).ShouldBe((expected, ""));
        (await Containers.ListAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_detached_container_is_listed_stopped_and_removed()
    {
        var (code, id, _) = await StrataAsync("run", "-d", "--name", "web", "--label", "a=b", "box:1", "sleep", "1000");
        code.ShouldBe(0);
        (await StrataAsync("ps", "-q", "--no-trunc")).Output.ShouldBe(id);
        (await StrataAsync("ps", "--format", "{{.Names}} {{.State}} {{.Image}} {{.Command}}")).Output.ShouldBe("web running box:1 \"sleep 1000\"\n");
        var taken = await StrataAsync("create", "--name", "web", "box:1");
        taken.Code.ShouldBe(125);
        taken.Errors.ShouldContain($"Conflict. The container name \"/web\" is already in use by container \"{id.Trim()}\".");
        (await StrataAsync("rm", "web")).Errors.ShouldContain("cannot remove container \"/web\": container is running: stop the container before removing or force remove");
        (await StrataAsync("stop", "-t", "0", "web")).Output.ShouldBe("web\n");
        (await StrataAsync("ps")).Output.Split('\n').Length.ShouldBe(2);
        (await StrataAsync("ps", "-a", "--format", "{{.Status}}")).Output.ShouldStartWith("Exited (137)");
        (await StrataAsync("rm", "web")).Code.ShouldBe(0);
        (await StrataAsync("ps", "-a", "-q")).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_container_uses_stays_until_it_is_gone()
    {
        await Host.ImportAsync("kept:1", await File.ReadAllBytesAsync(await TarOfOneFileAsync(), Stop), "CMD [\"/x\"]");
        var (_, id, _) = await StrataAsync("create", "kept:1");
        var refused = await StrataAsync("rmi", "kept:1");
        refused.Code.ShouldBe(1);
        refused.Errors.ShouldContain("conflict: unable to remove kept:1 (must force): container ");
        (await StrataAsync("rmi", "-f", "kept:1")).Code.ShouldBe(0);
        (await StrataAsync("prune", "-a", "-f", "--max-used-space", "1")).Code.ShouldBe(0);
        var record = await Containers.FindAsync(id.Trim(), Stop);
        Layers.LayerUnpacker.IsUnpacked(Host.Store.Layers, record.Image.DiffIds[0]).ShouldBeTrue();
        (await StrataAsync("rm", id.Trim())).Code.ShouldBe(0);
        (await StrataAsync("prune", "-f")).Code.ShouldBe(0);
        Layers.LayerUnpacker.IsUnpacked(Host.Store.Layers, record.Image.DiffIds[0]).ShouldBeFalse();
        await Host.InitializeAsync();
    }

    private async Task<string> TarOfOneFileAsync()
    {
        var tar = Path.Combine(Host.Folder, "one.tar");
        await using var file = File.Create(tar);
        await using var writer = new System.Formats.Tar.TarWriter(file);
        await writer.WriteEntryAsync(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "x") { DataStream = new MemoryStream([1]) }, Stop);
        return tar;
    }
}
