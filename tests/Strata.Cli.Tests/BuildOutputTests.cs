using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>Where a build's result goes, by <c>--output</c>.</summary>
public sealed class BuildOutputTests(HubProcess hub) : CliFixture(hub)
{
    [Fact]
    public async Task A_name_of_the_output_is_one_more_name_of_the_image_and_is_pushed_with_it()
    {
        var context = Directory.CreateDirectory(Path.Combine(Folder, "context")).FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n", TestContext.Current.CancellationToken);
        string[] names = [$"{Hub.Address}/cli/output:1", $"{Hub.Address}/cli/output:2"];

        await RunAsync("build", "-q", "-t", names[0], "--output", $"type=image,name={names[1]},push=true", context);

        (await RunAsync("images", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(names, ignoreOrder: true);
        foreach (var name in names) (await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{name}")).ShouldContain("layers");
    }
}
