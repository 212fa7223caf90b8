using Strata.Faults.Tests;
using Strata.Testing;

[assembly: AssemblyFixture(typeof(Surroundings))]

namespace Strata.Faults.Tests;

/// <summary>One hub for all, which has the large image, and the image as an archive.</summary>
public sealed class Surroundings : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HubProcess _hub = new();

    public string Hub => _hub.Address;

    public string Repository => "faults/large";

    public string Image => $"{Hub}/{Repository}:1";

    /// <summary>The same image in a tar, under the same name.</summary>
    public string Archive { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await _hub.InitializeAsync();
        Archive = LargeImage.Write(_folder.Path, Image);
        var strata = new StrataProgram(_folder.Below("root"));
        await strata.RunAsync("load", "-i", Archive);
        await strata.RunAsync("push", Image);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Dispose();
    }
}
