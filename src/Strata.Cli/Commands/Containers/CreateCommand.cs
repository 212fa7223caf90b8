using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class CreateCommand
{
    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "The image; behind it, the program with its arguments" }.OfImages();
        var options = new ContainerOptions();
        var command = new TrailingCommand("create", "Make a container from an image; start runs it", own: 1) { image };
        options.AddTo(command);
        return command.Does((parsed, session, cancellationToken) => RunFailure.GuardAsync(async () =>
        {
            var record = await MakeAsync(parsed, session, options, parsed.GetRequiredValue(image), command.Words, isDetached: false, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(record.Id).ConfigureAwait(false);
            return ExitCode.Done;
        }));
    }

    public static async Task<ContainerRecord> MakeAsync(
        ParseResult parsed, Session session, ContainerOptions options, string image, IReadOnlyList<string> words, bool isDetached, CancellationToken cancellationToken)
    {
        var cidFile = parsed.GetValue(options.CidFile);
        if (cidFile is not null && File.Exists(cidFile)) throw new ContainerException($"container ID file found, make sure the other container isn't running or delete {cidFile}");
        // Nothing of the image goes before the container holds it.
        using var lease = session.Store.Lease();
        var (use, config) = await ContainerImage.FindAsync(session, image, parsed.GetValue(options.Platform), parsed.GetValue(options.Pull)!, cancellationToken).ConfigureAwait(false);
        var record = session.Containers.Create(options.ToRequest(parsed, use, config, words, isDetached));
        if (cidFile is not null) await File.WriteAllTextAsync(cidFile, record.Id, cancellationToken).ConfigureAwait(false);
        return record;
    }
}
