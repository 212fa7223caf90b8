using System.CommandLine;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class AttachCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var noInput = new Option<bool>("--no-stdin") { Description = "Do not hand on standard input" };
        var proxy = new Option<bool>("--sig-proxy") { Description = "Hand signals on to it", DefaultValueFactory = _ => true };
        var keys = new Option<string>("--detach-keys") { Description = "Keys that leave it running", DefaultValueFactory = _ => KeySequence.Default };
        return new Command("attach", "Be the terminal of a running container") { container, noInput, proxy, keys }.Does(async (parsed, session, cancellationToken) =>
        {
            var detachKeys = ContainerArguments.Parse(() => KeySequence.Parse(parsed.GetValue(keys)!));
            var (record, attachment) = await session.Containers.AttachAsync(parsed.GetRequiredValue(container), cancellationToken).ConfigureAwait(false);
            using (attachment)
            {
                return await new AttachedStreams(session, record, attachment)
                {
                    Keys = detachKeys,
                    HasInput = record.Spec.OpenStdin && !parsed.GetValue(noInput),
                    ProxiesSignals = parsed.GetValue(proxy),
                }.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        });
    }
}
