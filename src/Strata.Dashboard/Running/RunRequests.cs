using Strata.Containers;
using Strata.Containers.Networks;
using Strata.Containers.Volumes;
using Strata.Dashboard.Faults;
using Strata.Images;
using Strata.Ui.Images;

namespace Strata.Dashboard.Running;

/// <summary>Makes of a form what the room of containers takes, by the flags of the command line; all that is wrong is told at once.</summary>
internal static class RunRequests
{
    private static readonly string[] Policies = ["no", "on-failure", "unless-stopped", "always"];

    /// <returns>The request, or null where there are faults.</returns>
    public static ContainerRequest? TryMake(RunForm form, ImageDetails image, List<RunFault> faults)
    {
        var words = Parsed(RunFault.Command, faults, () => CommandLine.Words(form.Command)) ?? [];
        var ports = Each(form.Ports, RunFault.Ports, faults, PublishFlag.Parse).SelectMany(p => p).ToArray();
        var mounts = Each(form.Volumes, RunFault.Volumes, faults, Mount).ToArray();
        var env = RunForm.Lines(form.Env).ToArray();
        if (Array.Find(env, v => v.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
            faults.Add(RunFault.Of(RunFault.Env, $"“{wrong}” has no value", "write NAME=VALUE, one a line"));
        if (!Policies.Contains(form.Restart, StringComparer.Ordinal)) faults.Add(RunFault.Of(RunFault.Restart, "There is no such policy", "choose one of the list"));
        if (ports.Length > 0 && form.Network is ("none" or "host"))
            faults.Add(RunFault.Of(RunFault.Ports, $"Nothing can be published on the network {form.Network}", "take the ports out, or choose another network"));
        if (faults.Count > 0) return null;
        return new ContainerRequest
        {
            Name = form.Name.Length == 0 ? null : form.Name,
            Image = UseOf(image),
            Config = image.Config,
            Command = words,
            Spec = new ContainerSpec { Env = env, Mounts = mounts, Restart = new RestartPolicy(form.Restart), Network = NetworkOf(form.Network, ports) },
        };
    }

    private static NetworkSpec NetworkOf(string name, IReadOnlyList<PortMapping> ports) => name is "none" or "host"
        ? new NetworkSpec { Mode = name }
        : new NetworkSpec { Mode = "bridge", Attachments = [NetworkFlag.Parse(name)], Ports = ports };

    private static ImageUse UseOf(ImageDetails image) => new()
    {
        Name = image.Names.Count > 0 ? image.Names[0].Familiar : image.Id.ToString(),
        Id = image.Id,
        Manifest = image.ManifestDescriptor.Digest,
        DiffIds = [.. image.Layers.Select(l => l.DiffId)],
        Platform = image.Config.Platform.ToString(),
    };

    /// <summary>A path that is not there is more likely a slip of the pen than a wish for a new folder.</summary>
    private static MountSpec Mount(string line) => MountFlags.ParseVolume(line, "/") with { CreateSource = false };

    private static IEnumerable<T> Each<T>(string text, string field, List<RunFault> faults, Func<string, T> parse)
        where T : class => RunForm.Lines(text).Select(line => Parsed(field, faults, () => parse(line))).OfType<T>();

    private static T? Parsed<T>(string field, List<RunFault> faults, Func<T> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (Exception e) when (e is ContainerException or FormatException)
        {
            faults.Add(new RunFault(field, FaultText.Of(e)));
            return null;
        }
    }
}
