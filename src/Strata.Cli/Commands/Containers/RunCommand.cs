using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class RunCommand
{
    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "The image; behind it, the program with its arguments" }.OfImages();
        var detach = new Option<bool>("--detach", "-d") { Description = "Let it run, and print its ID" };
        var keys = new Option<string>("--detach-keys") { Description = "Keys that leave it running", DefaultValueFactory = _ => KeySequence.Default };
        var attach = new Option<string[]>("--attach", "-a") { Description = "Only these of stdin, stdout and stderr", HelpName = "STREAM" };
        var proxy = new Option<bool>("--sig-proxy") { Description = "Hand signals on to it", DefaultValueFactory = _ => true };
        var options = new ContainerOptions();
        var command = new TrailingCommand("run", "Make a container from an image, and run it", own: 1) { image, detach, keys, attach, proxy };
        options.AddTo(command);
        return command.Does((parsed, session, cancellationToken) => RunFailure.GuardAsync(async () =>
        {
            var isDetached = parsed.GetValue(detach);
            var detachKeys = ContainerArguments.Parse(() => KeySequence.Parse(parsed.GetValue(keys)!));
            var record = await CreateCommand.MakeAsync(parsed, session, options, parsed.GetRequiredValue(image), command.Words, isDetached, cancellationToken).ConfigureAwait(false);
            try
            {
                if (isDetached)
                {
                    await session.Containers.StartAsync(record.Id, cancellationToken).ConfigureAwait(false);
                    await Console.Out.WriteLineAsync(record.Id).ConfigureAwait(false);
                    return ExitCode.Done;
                }
                var (started, attachment) = await session.Containers.StartAttachedAsync(record.Id, cancellationToken).ConfigureAwait(false);
                using (attachment)
                {
                    var streams = new AttachedStreams(session, started, attachment)
                    {
                        Keys = detachKeys,
                        HasInput = options.IsInteractive(parsed),
                        ProxiesSignals = parsed.GetValue(proxy),
                        Streams = parsed.GetValue(attach) ?? [],
                    };
                    return await streams.RunAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (ContainerException) when (options.IsRemoved(parsed))
            {
                await session.Containers.RemoveAsync(record.Id, force: true, withVolumes: true, CancellationToken.None).ConfigureAwait(false);
                throw;
            }
        }));
    }
}
