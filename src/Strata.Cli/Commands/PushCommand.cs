using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class PushCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("REF") { Description = "A name in the store that has the registry in it, such as 127.0.0.1:5000/me/app:1.0" }.OfImages();
        return new Command("push", "Send an image to a registry") { name }.Does(async (parsed, session, cancellationToken) =>
        {
            var reference = Arguments.ToReference(parsed.GetRequiredValue(name));
            var result = await TransferDisplay.RunAsync(session, $"Pushing {reference.Familiar}",
                progress => session.Images.PushAsync(reference, progress, cancellationToken)).ConfigureAwait(false);
            if (!session.Output.IsQuiet)
                await Console.Error.WriteLineAsync(
                    $"{reference.Tag}: digest: {result.Digest} size: {result.Size} ({Sizes.Text(result.TransferredBytes)} moved, {Sizes.Text(result.ReusedBytes)} there already)")
                    .ConfigureAwait(false);
            await Console.Out.WriteLineAsync(reference.Familiar).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
