using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>The program itself, run as people run it, over a root of its own beside a real hub.</summary>
public abstract class CliFixture(HubProcess hub) : IClassFixture<HubProcess>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-cli-");

    protected HubProcess Hub => hub;

    protected string Root => Path.Combine(_folder.FullName, "root");

    protected string Folder => _folder.FullName;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected Task<(int Code, string Output, string Errors)> TryAsync(params string[] arguments) =>
        RealTool.TryAsync(Checkout.Program("Strata.Cli", "strata"), ["--root", Root, .. arguments]);

    protected async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(arguments);
        code.ShouldBe(0, errors);
        return output;
    }

    /// <summary>Pushes a small image of one layer, with skopeo, from a layout written by hand.</summary>
    protected Task<string> PushImageAsync(string repository) => PushImageAsync(repository, Hub.Address);

    /// <summary>The same to any registry.</summary>
    protected async Task<string> PushImageAsync(string repository, string registry)
    {
        var layout = Path.Combine(Folder, "layout");
        TinyLayout.Write(layout);
        var name = $"{registry}/{repository}:1";
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--dest-tls-verify=false", $"oci:{layout}:tiny", $"docker://{name}");
        return name;
    }
}
