using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>Where a build's result goes, by <c>--output</c>.</summary>
public sealed class BuildOutputTests(HubProcess hub) : CliFixture(hub)
{
    [Fact]
    public async Task A_name_of_the_output_is_one_more_name_of_the_image_and_is_pushed_with_it()
    {
        var context = await ContextAsync();
        string[] names = [$"{Hub.Address}/cli/output:1", $"{Hub.Address}/cli/output:2"];

        await RunAsync("build", "-q", "-t", names[0], "--output", $"type=image,name={names[1]},push=true", context);

        (await RunAsync("images", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(names, ignoreOrder: true);
        foreach (var name in names) (await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{name}")).ShouldContain("layers");
    }

    [Fact]
    public async Task Archives_are_those_of_the_tools_that_read_them()
    {
        var context = await ContextAsync();
        var (oci, docker, folder, tar) = (Path.Combine(Folder, "oci.tar"), Path.Combine(Folder, "docker.tar"), Path.Combine(Folder, "layout"), Path.Combine(Folder, "files.tar"));
        await RunAsync("build", "-q", "-t", "made:1", "-o", $"type=oci,dest={oci}", "-o", $"type=docker,dest={docker}", "-o", $"type=oci,tar=false,dest={folder}", "-o", $"type=tar,dest={tar}", context);
        var id = (await RunAsync("inspect", "made:1", "--format", "{{.Id}}")).Trim();
        foreach (var place in (string[])[$"oci-archive:{oci}:1", $"docker-archive:{docker}", $"oci:{folder}:1"])
            (await RealTool.RunAsync("skopeo", "inspect", "--config", "--raw", place)).Length.ShouldBeGreaterThan(0);
        (await RealTool.RunAsync("skopeo", "inspect", "--raw", $"oci:{folder}:1")).ShouldContain(id);
        (await RealTool.RunAsync("tar", "-tf", tar)).Trim().ShouldBe("Dockerfile");
        var (code, _, errors) = await TryAsync("build", "-q", "-o", $"type=oci,dest={oci},what=1", context);
        (code, errors.Contains("the key 'what', which is not known", StringComparison.Ordinal)).ShouldBe((2, true));
    }

    [Fact]
    public async Task A_bill_of_materials_is_pushed_with_the_image_and_read_back()
    {
        var context = await ContextAsync();
        var name = $"{Hub.Address}/cli/attested:1";
        await RunAsync("build", "-q", "--push", "--sbom", "-t", name, context);
        (await RunAsync("sbom", name, "--attached")).ShouldContain("spdx");
        var digest = (await RunAsync("build", "-q", "--sbom=false", "--provenance=false", "-t", "plain:1", context)).Trim();
        (await RunAsync("inspect", name, "--format", "{{.Id}}")).Trim().ShouldBe(digest);
    }

    private async Task<string> ContextAsync()
    {
        var context = Directory.CreateDirectory(Path.Combine(Folder, "context")).FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n", TestContext.Current.CancellationToken);
        return context;
    }
}
