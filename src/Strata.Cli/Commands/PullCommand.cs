using System.CommandLine;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Oci;

namespace Strata.Cli.Commands;

internal static class PullCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("REF") { Description = "The image, such as 127.0.0.1:5000/library/python:3.11" };
        var platform = new Option<string?>("--platform") { Description = "For a platform other than this machine's: os/arch[/variant]", HelpName = "PLATFORM" };
        var noUnpack = new Option<bool>("--no-unpack") { Description = "Keep the layers packed: less disk, and a container has to wait" };
        return new Command("pull", "Bring an image from a registry") { name, platform, noUnpack }.Does(async (parsed, session, cancellationToken) =>
        {
            var reference = Arguments.ToReference(parsed.GetRequiredValue(name));
            var options = new PullOptions
            {
                Platform = parsed.GetValue(platform) is { } p ? Platform.Parse(p) : Platform.Host,
                Unpack = !parsed.GetValue(noUnpack),
            };
            var result = await TransferDisplay.RunAsync(session, $"Pulling {reference.Familiar}",
                progress => session.Images.PullAsync(reference, options, progress, cancellationToken)).ConfigureAwait(false);
            if (!session.Output.IsQuiet)
            {
                await Console.Error.WriteLineAsync($"Digest: {result.Digest}").ConfigureAwait(false);
                await Console.Error.WriteLineAsync(result.IsNew
                    ? $"Status: Downloaded newer image for {reference.Familiar} ({Sizes.Text(result.TransferredBytes)} moved, {Sizes.Text(result.ReusedBytes)} reused)"
                    : $"Status: Image is up to date for {reference.Familiar}").ConfigureAwait(false);
            }
            await Console.Out.WriteLineAsync(reference.Familiar).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
