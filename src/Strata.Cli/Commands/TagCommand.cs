using System.CommandLine;

namespace Strata.Cli.Commands;

internal static class TagCommand
{
    public static Command Create()
    {
        var source = Arguments.Image("SRC");
        var target = new Argument<string>("DST") { Description = "The new name" };
        return new Command("tag", "Give an image one more name") { source, target }.Does((parsed, session) =>
        {
            session.Images.Tag(parsed.GetRequiredValue(source), Arguments.ToReference(parsed.GetRequiredValue(target)));
            return ExitCode.Done;
        });
    }
}
