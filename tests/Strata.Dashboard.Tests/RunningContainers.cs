using Strata.Images;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Dashboard.Tests;

/// <summary>A dashboard with an image that can be run, <c>box:1</c>.</summary>
public sealed class RunningContainers : IAsyncLifetime
{
    public RunningDashboard Dashboard { get; } = new();

    public Digest Image { get; private set; }

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
        await Dashboard.InitializeAsync();
        if (Missing() is not null) return;
        var options = new ImportOptions { Changes = ["CMD [\"sh\", \"-c\", \"echo welcome $WHO; echo oh >&2; exec sleep 1000\"]", "EXPOSE 8080", "VOLUME /data", "ENV FROM_IMAGE=yes"] };
        await Dashboard.Images.ImportAsync(new MemoryStream(BusyboxRoot.Tar()), Reference.Parse("box:1"), options, progress: null, CancellationToken.None);
        Image = Dashboard.Images.Inspect("box:1").Id;
    }

    public async ValueTask DisposeAsync()
    {
        if (Missing() is null)
        {
            foreach (var record in await Dashboard.Containers.ListAsync(CancellationToken.None))
                await Dashboard.Containers.RemoveAsync(record.Id, force: true, withVolumes: true, CancellationToken.None);
        }
        await Dashboard.DisposeAsync();
    }
}
