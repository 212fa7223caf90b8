using System.CommandLine;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The tar of a root file system, plain or compressed with gzip or zstd; - is stdin" };
        var name = new Argument<string?>("REF") { Description = "The image's name", Arity = ArgumentArity.ZeroOrOne };
        var changes = new Option<string[]>("--change", "-c") { Description = "Apply an instruction of a Dockerfile to the config, such as 'CMD [\"bash\"]'", HelpName = "INSTRUCTION" };
        var message = new Option<string?>("--message", "-m") { Description = "The history's comment", HelpName = "TEXT" };
        var platform = Arguments.PlatformOption();
        return new Command("import", "Make an image of one layer from the tar of a root file system") { file, name, changes, message, platform }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var reference = parsed.GetValue(name) is { } text ? Arguments.ToReference(text) : null;
                if (reference?.Digest is not null) throw new UsageException($"{reference.Familiar} has a digest", "a new name has a tag: NAME:TAG");
                var options = new ImportOptions
                {
                    Changes = parsed.GetValue(changes) ?? [],
                    Message = parsed.GetValue(message),
                    Platform = Arguments.ToPlatform(parsed.GetValue(platform)),
                    ShownAs = parsed.GetRequiredValue(file),
                };
                var (content, _) = Arguments.OpenInput(options.ShownAs, "pipe a tar in, or name its file");
                var made = await session.Images.ImportAsync(content, reference, options, progress: null, cancellationToken).ConfigureAwait(false);
                Arguments.WriteMade(session, made);
                return ExitCode.Done;
            });
    }
}
