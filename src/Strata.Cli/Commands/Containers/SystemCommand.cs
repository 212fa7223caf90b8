using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Containers;
using Strata.Images;

namespace Strata.Cli.Commands.Containers;

/// <summary>What is of the whole: what happens, what there is, and what may go.</summary>
internal static class SystemCommand
{
    public static Command Create() => new("system", "The whole: events, info, df, prune") { EventsCommand.Create(), Info(), DfCommand.Create(), Prune() };

    private static Command Info() => new Command("info", "What there is, and what this host can do").Does(async (_, session, cancellationToken) =>
    {
        var containers = await session.Containers.ListAsync(cancellationToken).ConfigureAwait(false);
        int Count(ContainerStatus status) => containers.Count(c => c.State.Status == status);
        var running = Count(ContainerStatus.Running);
        var json = new JsonObject
        {
            ["Containers"] = containers.Count,
            ["ContainersRunning"] = running,
            ["ContainersPaused"] = Count(ContainerStatus.Paused),
            ["ContainersStopped"] = containers.Count - running - Count(ContainerStatus.Paused),
            ["Images"] = session.Images.List().Select(i => i.Id).Distinct().Count(),
            ["Driver"] = "overlay",
            ["LoggingDriver"] = new LogOptions().Driver,
            ["CgroupDriver"] = "cgroupfs",
            ["CgroupVersion"] = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? "2" : "1",
            ["DefaultRuntime"] = new ContainerSpec().Runtime,
            ["KernelVersion"] = Environment.OSVersion.Version.ToString(),
            ["OSType"] = "linux",
            ["Architecture"] = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64",
            ["NCPU"] = Environment.ProcessorCount,
            ["Name"] = Environment.MachineName,
            ["ServerVersion"] = ProductVersion.Text,
            ["DockerRootDir"] = session.Root,
        };
        session.Output.Object(json, asText: () =>
        {
            foreach (var (name, value) in json) Console.Out.WriteLine($"{name}: {value}");
        });
        return ExitCode.Done;
    });

    private static Command Prune()
    {
        var all = new Option<bool>("--all", "-a") { Description = "All images that no container uses, not only those without a name" };
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask" };
        return new Command("prune", "Remove containers that do not run, networks that none is in, and images that nobody named") { all, force }.Does(async (parsed, session, cancellationToken) =>
        {
            if (!parsed.GetValue(force) && !Confirmation.Ask("WARNING! This will remove all stopped containers, all networks not used by a container, and all images without a name.")) return ExitCode.Done;
            var (removed, freed) = await session.Containers.PruneAsync(_ => true, cancellationToken).ConfigureAwait(false);
            if (removed.Count > 0) await Console.Out.WriteLineAsync("Deleted Containers:\n" + string.Join('\n', removed.Select(r => r.Id)) + "\n").ConfigureAwait(false);
            var networks = await session.Containers.PruneNetworksAsync(_ => true, cancellationToken).ConfigureAwait(false);
            if (networks.Count > 0) await Console.Out.WriteLineAsync("Deleted Networks:\n" + string.Join('\n', networks.Select(n => n.Name)) + "\n").ConfigureAwait(false);
            var images = session.Images.Prune(new PruneOptions { All = parsed.GetValue(all) });
            if (images.Images.Count > 0) await Console.Out.WriteLineAsync("Deleted Images:\n" + string.Join('\n', images.Images) + "\n").ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"Total reclaimed space: {Sizes.Text(freed + images.FreedBytes)}").ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
