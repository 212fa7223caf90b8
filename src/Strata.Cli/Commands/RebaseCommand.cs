using System.CommandLine;
using System.Globalization;

namespace Strata.Cli.Commands;

internal static class RebaseCommand
{
    public static Command Create()
    {
        var image = Arguments.Image();
        var onto = new Option<string>("--onto") { Description = "The new base, an image of the store", HelpName = "NEWBASE", Required = true };
        var from = new Option<string?>("--from") { Description = "The old base, where the image's labels and the store do not say it", HelpName = "OLDBASE" };
        var tag = Arguments.TagOption();
        var platform = Arguments.PlatformOption();
        return new Command("rebase", "Put an image's own layers onto another base, without building") { image, onto, from, tag, platform }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var name = parsed.GetRequiredValue(image);
                var result = await session.Images.RebaseAsync(name, parsed.GetRequiredValue(onto), parsed.GetValue(from), Arguments.ToTag(parsed.GetValue(tag)),
                    Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken).ConfigureAwait(false);
                if (!session.Output.IsQuiet)
                    await Console.Error.WriteLineAsync($"{Count(result.Replaced)} of {result.OldBase} replaced by {Count(result.Base)}; {Count(result.Layers - result.Base)} of the image's own").ConfigureAwait(false);
                Arguments.WriteMade(session, result.Image);
                return ExitCode.Done;
            });
    }

    private static string Count(int layers) => string.Create(CultureInfo.InvariantCulture, $"{layers} layer{(layers == 1 ? "" : "s")}");
}
