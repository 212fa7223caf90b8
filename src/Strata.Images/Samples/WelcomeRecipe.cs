using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Samples;

/// <summary>A web server and a page: Debian's static busybox in one layer, the page in the next.</summary>
internal sealed class WelcomeRecipe(ImageAssembly assembly)
{
    private const string Package = "busybox-static";
    private static readonly string[] Applets = ["httpd", "sh", "ls", "cat", "id"];

    public async Task<Descriptor> ComposeAsync(CancellationToken cancellationToken)
    {
        var status = await Tool.RunAsync("dpkg-query", ["-s", Package], Package, cancellationToken).ConfigureAwait(false);
        using var work = new WorkFolder(Path.Combine(assembly.Store.Root, "..", "work"));
        var options = new FolderLayerOptions { OwnedByRoot = true, NoLaterThan = assembly.Now };
        var server = LayerWriter.FromFolder(assembly.Store, ServerFolder(work, status), options, cancellationToken);
        var page = LayerWriter.FromFolder(assembly.Store, await PageFolderAsync(work, cancellationToken).ConfigureAwait(false), options, cancellationToken);
        return await assembly.AssembleAsync(parent: null,
        [
            new("COPY busybox /bin/", server),
            new("COPY index.html /www/", page),
            new("USER 65534:65534"),
            new("EXPOSE 8080/tcp"),
            new("""CMD ["/bin/httpd", "-f", "-p", "8080", "-h", "/www"]"""),
        ], config => config with
        {
            Env = ["PATH=/bin"],
            User = "65534:65534",
            WorkingDir = "/",
            ExposedPorts = new Dictionary<string, EmptyObject>(StringComparer.Ordinal) { ["8080/tcp"] = new() },
            Cmd = ["/bin/httpd", "-f", "-p", "8080", "-h", "/www"],
            Labels = assembly.Labels(SampleImage.Welcome, "1.0", "Apache-2.0 AND GPL-2.0-only"),
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>With the package's own record, as images without a package manager keep it: so it is catalogued and scanned like any other.</summary>
    private static string ServerFolder(WorkFolder work, string status)
    {
        var folder = work.Below("server");
        var bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        File.Copy("/bin/busybox", Path.Combine(bin, "busybox"));
        foreach (var applet in Applets) File.CreateSymbolicLink(Path.Combine(bin, applet), "busybox");
        var records = Directory.CreateDirectory(Path.Combine(folder, "var/lib/dpkg/status.d")).FullName;
        File.WriteAllText(Path.Combine(records, Package), status);
        // With the list of its files, the program is not taken for one that came without a package.
        const string Files = $"/var/lib/dpkg/info/{Package}.md5sums";
        if (File.Exists(Files)) File.WriteAllLines(Path.Combine(records, Package + ".md5sums"), File.ReadLines(Files).Where(l => l.EndsWith("bin/busybox", StringComparison.Ordinal)));
        var lib = Directory.CreateDirectory(Path.Combine(folder, "usr/lib")).FullName;
        if (File.Exists("/usr/lib/os-release")) File.Copy("/usr/lib/os-release", Path.Combine(lib, "os-release"));
        return folder;
    }

    private static async Task<string> PageFolderAsync(WorkFolder work, CancellationToken cancellationToken)
    {
        var folder = work.Below("page");
        Directory.CreateDirectory(Path.Combine(folder, "www"));
        using var page = typeof(WelcomeRecipe).Assembly.GetManifestResourceStream("welcome/index.html")!;
        var file = File.Create(Path.Combine(folder, "www", "index.html"));
        await using (file.ConfigureAwait(false)) await page.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        return folder;
    }
}
