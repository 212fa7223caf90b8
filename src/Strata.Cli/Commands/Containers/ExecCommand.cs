using System.CommandLine;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class ExecCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var detach = new Option<bool>("--detach", "-d") { Description = "Let it run, and come back at once" };
        var interactive = new Option<bool>("--interactive", "-i") { Description = "Keep standard input open" };
        var tty = new Option<bool>("--tty", "-t") { Description = "Give it a terminal" };
        var env = new Option<string[]>("--env", "-e") { Description = "NAME=VALUE, or NAME for our own", HelpName = "NAME=VALUE" };
        var envFile = new Option<string[]>("--env-file") { Description = "A file of such lines", HelpName = "FILE" };
        var user = new Option<string?>("--user", "-u") { Description = "Who it runs as: user[:group]", HelpName = "USER" };
        var folder = new Option<string?>("--workdir", "-w") { Description = "The folder it starts in", HelpName = "DIR" };
        var privileged = new Option<bool>("--privileged") { Description = "All of root's powers" };
        var keys = new Option<string>("--detach-keys") { Description = "Keys that leave it running", DefaultValueFactory = _ => KeySequence.Default };
        var command = new TrailingCommand("exec", "Run one more program in a running container", own: 1) { container, detach, interactive, tty, env, envFile, user, folder, privileged, keys };
        return command.Does(async (parsed, session, cancellationToken) =>
        {
            if (command.Words.Count == 0) throw new UsageException("\"exec\" requires a container and a command", "write: strata exec CONTAINER COMMAND [ARG...]");
            var spec = new ExecSpec
            {
                Command = command.Words,
                Env = [.. ContainerArguments.Environment(parsed.GetValue(envFile) ?? [], parsed.GetValue(env) ?? [])],
                User = parsed.GetValue(user),
                WorkingDir = parsed.GetValue(folder),
                Tty = parsed.GetValue(tty),
                OpenStdin = parsed.GetValue(interactive) && !parsed.GetValue(detach),
                Privileged = parsed.GetValue(privileged),
            };
            try
            {
                using var running = await session.Containers.ExecAsync(parsed.GetRequiredValue(container), spec, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(detach)) return ExitCode.Done;
                var streams = new AttachedStreams(running.Attachment, spec.Tty, running.WaitAsync)
                {
                    Keys = ContainerArguments.Parse(() => KeySequence.Parse(parsed.GetValue(keys)!)),
                    HasInput = spec.OpenStdin,
                };
                return await streams.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ContainerException e) when (e.ExitCode is ContainerException.NotFound or ContainerException.NotExecutable)
            {
                Rendering.Failure.Of(e)!.Write(Console.Error);
                return e.ExitCode;
            }
        });
    }
}
