using System.CommandLine;
using Strata.Cli.Product;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>The verbs that change whether containers run: each prints back what it was given, as docker does.</summary>
internal static class LifeCommands
{
    public static Command Start()
    {
        var containers = ContainerArguments.Several();
        var attach = new Option<bool>("--attach", "-a") { Description = "Show what it writes, and end with its exit code" };
        var interactive = new Option<bool>("--interactive", "-i") { Description = "Hand on standard input" };
        var keys = new Option<string>("--detach-keys") { Description = "Keys that leave it running", DefaultValueFactory = _ => KeySequence.Default };
        return new Command("start", "Run containers that do not") { containers, attach, interactive, keys }.Does(async (parsed, session, cancellationToken) =>
        {
            var names = parsed.GetRequiredValue(containers);
            if (!parsed.GetValue(attach) && !parsed.GetValue(interactive))
            {
                return await EachContainer.DoAsync(names, async name =>
                {
                    await session.Containers.StartAsync(name, cancellationToken).ConfigureAwait(false);
                    return name;
                }).ConfigureAwait(false);
            }
            if (names.Length > 1) throw new UsageException("you cannot start and attach multiple containers at once");
            return await RunFailure.GuardAsync(async () =>
            {
                var (record, attachment) = await session.Containers.StartAttachedAsync(names[0], cancellationToken).ConfigureAwait(false);
                using (attachment)
                {
                    return await new AttachedStreams(session, record, attachment)
                    {
                        Keys = ContainerArguments.Parse(() => KeySequence.Parse(parsed.GetValue(keys)!)),
                        HasInput = parsed.GetValue(interactive) && record.Spec.OpenStdin,
                        ProxiesSignals = true,
                    }.RunAsync(cancellationToken).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        });
    }

    public static Command Stop() => Ending("stop", "Ask containers to end, and kill those that do not",
        (session, name, seconds, signal, cancellationToken) => session.Containers.StopAsync(name, seconds, signal, cancellationToken));

    public static Command Restart() => Ending("restart", "Stop containers, and start them again",
        (session, name, seconds, signal, cancellationToken) => session.Containers.RestartAsync(name, seconds, signal, cancellationToken));

    public static Command Kill()
    {
        var containers = ContainerArguments.Several();
        var signal = new Option<string>("--signal", "-s") { Description = "Which", DefaultValueFactory = _ => "KILL" };
        return new Command("kill", "Send a signal to containers") { containers, signal }.Does((parsed, session, cancellationToken) =>
            EachContainer.DoAsync(parsed.GetRequiredValue(containers), async name =>
            {
                await session.Containers.KillAsync(name, parsed.GetValue(signal)!, cancellationToken).ConfigureAwait(false);
                return name;
            }));
    }

    public static Command Pause() => Each("pause", "Freeze containers", (session, name, cancellationToken) => session.Containers.PauseAsync(name, cancellationToken));

    public static Command Unpause() => Each("unpause", "Let frozen containers go on", (session, name, cancellationToken) => session.Containers.UnpauseAsync(name, cancellationToken));

    public static Command Remove()
    {
        var containers = ContainerArguments.Several();
        var force = new Option<bool>("--force", "-f") { Description = "Kill those that run; what is not there is as good" };
        var volumes = new Option<bool>("--volumes", "-v") { Description = "Remove their anonymous volumes, too" };
        return new Command("rm", "Remove containers") { containers, force, volumes }.Does((parsed, session, cancellationToken) =>
            EachContainer.DoAsync(parsed.GetRequiredValue(containers), async name =>
            {
                await session.Containers.RemoveAsync(name, parsed.GetValue(force), parsed.GetValue(volumes), cancellationToken).ConfigureAwait(false);
                return name;
            }));
    }

    public static Command Wait()
    {
        var containers = ContainerArguments.Several();
        return new Command("wait", "Wait until containers have ended, and print their exit codes") { containers }.Does((parsed, session, cancellationToken) =>
            EachContainer.DoAsync(parsed.GetRequiredValue(containers), async name =>
                (await session.Containers.WaitAsync(name, cancellationToken).ConfigureAwait(false)).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    public static Command Rename()
    {
        var container = ContainerArguments.One();
        var name = new Argument<string>("NAME") { Description = "Its new name" };
        return new Command("rename", "Give a container another name") { container, name }.Does(async (parsed, session, cancellationToken) =>
        {
            await session.Containers.RenameAsync(parsed.GetRequiredValue(container), parsed.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    /// <summary>What the monitor calls when a container has ended; nobody types it.</summary>
    public static Command Exited()
    {
        var id = new Argument<string>("ID");
        return new Command(ContainersOptions.ExitedVerb, "Settle a container that has ended") { id }.Hide().Does(async (parsed, session, cancellationToken) =>
        {
            InheritedSignals.Unblock();
            // The store may be gone with all its containers; it must not come back for this.
            if (Directory.Exists(Path.Combine(session.Root, "containers"))) await session.Containers.SettleAsync(parsed.GetRequiredValue(id), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static Command Hide(this Command command)
    {
        command.Hidden = true;
        return command;
    }

    private static Command Each(string name, string description, Func<Session, string, CancellationToken, Task> action)
    {
        var containers = ContainerArguments.Several();
        return new Command(name, description) { containers }.Does((parsed, session, cancellationToken) =>
            EachContainer.DoAsync(parsed.GetRequiredValue(containers), async container =>
            {
                await action(session, container, cancellationToken).ConfigureAwait(false);
                return container;
            }));
    }

    private static Command Ending(string name, string description, Func<Session, string, int?, string?, CancellationToken, Task<ContainerRecord>> action)
    {
        var containers = ContainerArguments.Several();
        var time = new Option<int?>("--time", "--timeout", "-t") { Description = "Seconds before they are killed; -1 for never", HelpName = "SECONDS" };
        var signal = new Option<string?>("--signal", "-s") { Description = "What asks them to end", HelpName = "SIGNAL" };
        return new Command(name, description) { containers, time, signal }.Does((parsed, session, cancellationToken) =>
            EachContainer.DoAsync(parsed.GetRequiredValue(containers), async container =>
            {
                await action(session, container, parsed.GetValue(time), parsed.GetValue(signal), cancellationToken).ConfigureAwait(false);
                return container;
            }));
    }
}
