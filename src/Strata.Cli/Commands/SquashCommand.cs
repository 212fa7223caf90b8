using System.CommandLine;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class SquashCommand
{
    public static Command Create()
    {
        var image = Arguments.Image();
        var from = new Option<string?>("--from") { Description = "The lowest layer to merge, by its number from 0 or its digest; all without it", HelpName = "LAYER" };
        var tag = Arguments.TagOption();
        var platform = Arguments.PlatformOption();
        return new Command("squash", "Make one layer of an image's layers, without what the upper ones hide") { image, from, tag, platform }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var result = await session.Images.SquashAsync(parsed.GetRequiredValue(image), parsed.GetValue(from), Arguments.ToTag(parsed.GetValue(tag)),
                    Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken).ConfigureAwait(false);
                if (!session.Output.IsQuiet)
                    await Console.Error.WriteLineAsync($"{result.Merged} layers of {Sizes.Text(result.BytesBefore)} became one of {Sizes.Text(result.BytesAfter)}").ConfigureAwait(false);
                Arguments.WriteMade(session, result.Image);
                return ExitCode.Done;
            });
    }
}
