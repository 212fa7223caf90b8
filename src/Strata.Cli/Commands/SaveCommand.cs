using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class SaveCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("REF") { Description = "Images: names, or beginnings of IDs", Arity = ArgumentArity.OneOrMore }.OfImages();
        var output = new Option<string?>("--output", "-o") { Description = "The file to write, instead of stdout", HelpName = "FILE" };
        return new Command("save", "Write images into an archive that docker, podman and skopeo load") { images, output }.Does(async (parsed, session, cancellationToken) =>
        {
            var names = parsed.GetRequiredValue(images);
            var path = parsed.GetValue(output);
            if (path is null && !Console.IsOutputRedirected)
                throw new UsageException("an archive is not for a terminal", "write it to a file with -o FILE, or pipe it on");
            await TransferDisplay.RunAsync(session, $"Saving {string.Join(", ", names)}", async progress =>
            {
                if (path is not null)
                {
                    await session.Images.SaveAsync(names, path, progress, cancellationToken).ConfigureAwait(false);
                    return true;
                }
                var stdout = Console.OpenStandardOutput();
                await using (stdout.ConfigureAwait(false)) await session.Images.SaveAsync(names, stdout, progress, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
