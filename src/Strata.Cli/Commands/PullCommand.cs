using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class PullCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("REF") { Description = "The image, such as 127.0.0.1:5000/library/python:3.11" }.OfImages();
        var platform = Arguments.PlatformOption();
        var all = new Option<bool>("--all-platforms", "--all") { Description = "The whole index with all its platforms; this machine's is unpacked" };
        var noUnpack = new Option<bool>("--no-unpack") { Description = "Keep the layers packed: less disk, and a container has to wait" };
        return new Command("pull", "Bring an image from a registry") { name, platform, all, noUnpack }.Does(async (parsed, session, cancellationToken) =>
        {
            var reference = Arguments.ToReference(parsed.GetRequiredValue(name));
            var options = new PullOptions
            {
                Platform = Arguments.ToPlatform(parsed.GetValue(platform)),
                AllPlatforms = parsed.GetValue(all),
                Unpack = !parsed.GetValue(noUnpack),
            };
            if (options is { Platform: not null, AllPlatforms: true }) throw new UsageException("--platform and --all-platforms exclude each other");
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
