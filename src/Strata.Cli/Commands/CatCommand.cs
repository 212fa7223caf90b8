using System.CommandLine;
using Strata.Cli.Completion;

namespace Strata.Cli.Commands;

internal static class CatCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("REF:PATH") { Description = "An image and a file in it, such as debian:12:/etc/os-release" }.OfImages();
        var platform = Arguments.PlatformOption();
        return new Command("cat", "Print a file of an image, without a container") { what, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var (image, path) = FilePath.Split(parsed.GetRequiredValue(what));
            if (path == "/") throw new UsageException($"'{image}' names no file", "write it behind the image: REF:/PATH");
            var files = await session.Images.FilesAsync(image, Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken).ConfigureAwait(false);
            var stdout = Console.OpenStandardOutput();
            await using (stdout.ConfigureAwait(false))
                await session.Images.CatAsync(files, path, stdout, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
