using System.Globalization;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Samples;

/// <summary>A server on the Debian image: its package in one layer, its entrypoint in the next.</summary>
internal sealed class ServiceRecipe(ImageAssembly assembly, DebianRecipe debian, ServiceSample service)
{
    private const string Entrypoint = "docker-entrypoint.sh";
    private const UnixFileMode Program = (UnixFileMode)0x1ED;
    private const UnixFileMode Open = (UnixFileMode)0x3FF;

    public async Task<Descriptor> ComposeAsync(Descriptor parent, CancellationToken cancellationToken)
    {
        var command = $"apt-get update && {service.Install.Trim()} && rm -rf /var/lib/apt/lists/*";
        var package = await DebianLayer.MakeAsync(assembly, debian.WorkParent, parent, command, cancellationToken).ConfigureAwait(false);
        using var work = new WorkFolder(debian.WorkParent);
        var options = new FolderLayerOptions { OwnedByRoot = true, NoLaterThan = assembly.Now };
        var entrypoint = LayerWriter.FromFolder(assembly.Store, await EntrypointFolderAsync(work, cancellationToken).ConfigureAwait(false), options, cancellationToken);
        return await assembly.AssembleAsync(parent, [new("RUN " + command, package), new($"COPY {Entrypoint} /usr/local/bin/", entrypoint), .. Steps()], Configure(parent), cancellationToken).ConfigureAwait(false);
    }

    private string Port => string.Create(CultureInfo.InvariantCulture, $"{service.Port}/tcp");

    private IEnumerable<ImageAssembly.Step> Steps()
    {
        if (service.Env.Count > 0) yield return new("ENV " + string.Join(' ', service.Env));
        if (service.Volume is not null) yield return new("VOLUME " + service.Volume);
        if (service.WorkingDir != "/") yield return new("WORKDIR " + service.WorkingDir);
        if (service.User is not null) yield return new("USER " + service.User);
        if (service.StopSignal is not null) yield return new("STOPSIGNAL " + service.StopSignal);
        yield return new("EXPOSE " + Port);
        yield return new($"ENTRYPOINT [\"{Entrypoint}\"]");
        yield return new($"CMD [\"{service.Program}\"]");
    }

    private Func<ContainerConfig, ContainerConfig> Configure(Descriptor parent) => config => config with
    {
        Env = [.. (config.Env ?? []).Select(WithPath), .. service.Env],
        Volumes = service.Volume is null ? null : Only(service.Volume),
        WorkingDir = service.WorkingDir,
        User = service.User,
        StopSignal = service.StopSignal,
        ExposedPorts = Only(Port),
        Entrypoint = [Entrypoint],
        Cmd = [service.Program],
        Labels = assembly.Labels(service.Image, service.Image.Tag, service.License, parent),
    };

    /// <summary>Debian keeps the programs of a PostgreSQL in a folder of its version.</summary>
    private string WithPath(string variable) =>
        service.Image == SampleImage.Postgres && variable.StartsWith("PATH=", StringComparison.Ordinal) ? $"{variable}:/usr/lib/postgresql/{service.Image.Tag}/bin" : variable;

    private static Dictionary<string, EmptyObject> Only(string key) => new(StringComparer.Ordinal) { [key] = new() };

    private async Task<string> EntrypointFolderAsync(WorkFolder work, CancellationToken cancellationToken)
    {
        var folder = work.Below("entrypoint");
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "usr/local/bin")).FullName, Entrypoint);
        using var script = typeof(ServiceRecipe).Assembly.GetManifestResourceStream($"{service.Folder}/{Entrypoint}")!;
        var file = File.Create(path);
        await using (file.ConfigureAwait(false)) await script.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        File.SetUnixFileMode(path, Program);
        foreach (var open in service.OpenFolders) File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(folder, open)).FullName, Open);
        return folder;
    }
}
