using System.Formats.Tar;
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
        await ImportAsync("box:1", Busybox(), "CMD [\"sh\"]", "ENV FROM_IMAGE=yes");
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

    private static byte[] Busybox()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            void Add(TarEntryType type, string path, UnixFileMode mode, Action<PaxTarEntry>? more = null)
            {
                var entry = new PaxTarEntry(type, path) { Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch };
                more?.Invoke(entry);
                writer.WriteEntry(entry);
            }
            const UnixFileMode Program = (UnixFileMode)0x1ED;
            foreach (var folder in (string[])["bin/", "etc/", "home/", "home/web/"]) Add(TarEntryType.Directory, folder, Program);
            Add(TarEntryType.Directory, "tmp/", (UnixFileMode)0x3FF);
            using var busybox = File.OpenRead(File.Exists("/bin/busybox") ? "/bin/busybox" : "/usr/bin/busybox");
            Add(TarEntryType.RegularFile, "bin/busybox", Program, e => e.DataStream = busybox);
            foreach (var applet in RealTool.Output("busybox", "--list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(a => a != "busybox"))
                Add(TarEntryType.SymbolicLink, "bin/" + applet, Program, e => e.LinkName = "busybox");
            void Text(string path, string content) => Add(TarEntryType.RegularFile, path, (UnixFileMode)0x1A4, e => e.DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)));
            Text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1001:web:/home/web:/bin/sh\n");
            Text("etc/group", "root:x:0:\nweb:x:1001:\nextra:x:1002:web\nmore:x:1003:\n");
            Text("etc/motd", "hello\n");
        }
        return tar.ToArray();
    }
}
