using System.CommandLine;
using Strata.Containers;
using Strata.Images;
using Strata.Oci;

namespace Strata.Cli.Commands.Containers;

internal static class CommitCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var name = new Argument<string?>("NAME") { Description = "The new image's name", Arity = ArgumentArity.ZeroOrOne };
        var author = new Option<string?>("--author", "-a") { Description = "Who made it", HelpName = "TEXT" };
        var message = new Option<string?>("--message", "-m") { Description = "What it is about", HelpName = "TEXT" };
        var changes = new Option<string[]>("--change", "-c") { Description = "An instruction of a Dockerfile that changes the configuration", HelpName = "INSTRUCTION" };
        var pause = new Option<bool>("--pause", "-p") { Description = "The container stands still meanwhile", DefaultValueFactory = _ => true };
        return new Command("commit", "Make an image of what a container has changed") { container, name, author, message, changes, pause }.Does(async (parsed, session, cancellationToken) =>
        {
            using var lease = session.Store.Lease();
            var record = await session.Containers.FindAsync(parsed.GetRequiredValue(container), cancellationToken).ConfigureAwait(false);
            var layer = await session.Containers.WriteLayerAsync(record.Id, parsed.GetValue(pause), cancellationToken).ConfigureAwait(false);
            var made = await session.Images.CommitAsync(record.Image.Manifest, layer, config => OfContainer(config, record.Spec), new CommitOptions
            {
                Author = parsed.GetValue(author),
                Message = parsed.GetValue(message),
                CreatedBy = string.Join(' ', record.Spec.Entrypoint.Concat(record.Spec.Command)),
                Changes = parsed.GetValue(changes) ?? [],
            }, Arguments.ToTag(parsed.GetValue(name)), cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(made.Id.ToString()).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    /// <summary>The image runs as the container did.</summary>
    private static ContainerConfig OfContainer(ContainerConfig config, ContainerSpec spec) => config with
    {
        Entrypoint = spec.Entrypoint.Count > 0 ? spec.Entrypoint : null,
        Cmd = spec.Command.Count > 0 ? spec.Command : null,
        Env = spec.Env,
        User = spec.User.Length > 0 ? spec.User : null,
        WorkingDir = spec.WorkingDir is "/" && config.WorkingDir is null ? null : spec.WorkingDir,
        Labels = spec.Labels.Count > 0 ? spec.Labels : null,
        StopSignal = spec.StopSignal == "SIGTERM" ? config.StopSignal : spec.StopSignal,
        ExposedPorts = spec.Network.Exposed.Count == 0 ? null : spec.Network.Exposed.Distinct(StringComparer.Ordinal).ToDictionary(p => p.Contains('/', StringComparison.Ordinal) ? p : p + "/tcp", _ => new EmptyObject(), StringComparer.Ordinal),
    };
}
