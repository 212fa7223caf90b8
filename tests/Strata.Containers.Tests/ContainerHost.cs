using Strata.Content;
using Strata.Images;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Containers.Tests;

/// <summary>
/// A store with an image of Debian's busybox-static, `box:1`, for all tests of a class. When it goes, it looks that no mount, control group, process or
/// network namespace of its containers is left.
/// </summary>
public sealed class ContainerHost : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly RegistryClient _registries = new(new RegistryClientOptions());

    public string Root => _folder.Below("root");

    public string Folder => _folder.Path;

    public ContentStore Store { get; private set; } = null!;

    public LocalContainers Containers { get; private set; } = null!;

    public LocalImages Images { get; private set; } = null!;

    /// <summary>Null when containers can run here; else why not.</summary>
    public static string? Missing()
    {
        if (!Environment.IsPrivilegedProcess) return "needs root: containers are mounted and isolated";
        foreach (var (program, package) in ((string, string)[])[("runc", "runc"), ("conmon", "conmon"), ("busybox", "busybox-static")])
            if (!RealTool.Has(program)) return $"{program} is not installed; apt-get install {package}";
        return null;
    }

    public async ValueTask InitializeAsync()
    {
        if (Missing() is not null) return;
        Store = ContentStore.Open(Root);
        Images = new LocalImages(Store, _registries, [], TimeProvider.System);
        Containers = Open();
        await ImportAsync("box:1", BusyboxRoot.Tar(), "CMD [\"sh\"]", "ENV FROM_IMAGE=yes");
    }

    /// <summary>Another process's view of the same containers.</summary>
    public LocalContainers Open(Action<string>? warn = null) => new(Store, new ContainersOptions
    {
        ExitCommand = [Checkout.Program("Strata.Cli", "strata"), "--root", Root, "container-exited"],
        Warn = warn ?? (_ => { }),
    }, TimeProvider.System);

    public async Task ImportAsync(string name, byte[] tar, params string[] changes)
    {
        await Images.ImportAsync(new MemoryStream(tar), Reference.Parse(name), new ImportOptions { Changes = changes }, progress: null, CancellationToken.None);
        await Images.UnpackAsync(Images.Inspect(name), CancellationToken.None);
    }

    public ContainerRequest Request(string[] command, ContainerSpec? spec = null, string image = "box:1")
    {
        var details = Images.Inspect(image);
        return new ContainerRequest
        {
            Image = new ImageUse { Name = image, Id = details.Id, Manifest = details.ManifestDescriptor.Digest, DiffIds = [.. details.Layers.Select(l => l.DiffId)] },
            Config = details.Config,
            Command = command,
            Spec = spec ?? new ContainerSpec(),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (Containers is not null)
        {
            foreach (var record in await Containers.ListAsync(CancellationToken.None)) await Containers.RemoveAsync(record.Id, force: true, withVolumes: true, CancellationToken.None);
            await WaitForProcessesAsync();
            File.ReadAllText("/proc/self/mountinfo").ShouldNotContain(Root);
        }
        _registries.Dispose();
        _folder.Dispose();
    }

    /// <summary>Monitors end a little later than their containers: they call the program to settle them first.</summary>
    private async Task WaitForProcessesAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                if (!(await File.ReadAllTextAsync(Path.Combine(folder, "cmdline"))).Contains(Root, StringComparison.Ordinal)) continue;
                using var process = System.Diagnostics.Process.GetProcessById(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
                if (process.Id != Environment.ProcessId) await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
            }
            catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException)
            {
                // It has ended already.
            }
        }
    }
}
