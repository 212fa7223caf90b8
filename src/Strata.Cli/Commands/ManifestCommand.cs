using System.CommandLine;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class ManifestCommand
{
    public static Command Create()
    {
        var image = Arguments.Image();
        var config = new Option<bool>("--config") { Description = "The config instead" };
        var index = new Option<bool>("--index") { Description = "The index of all platforms instead" };
        var platform = Arguments.PlatformOption();
        return new Command("manifest", "Print an image's manifest byte for byte: the store's, else the registry's") { image, config, index, platform }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var (wantsConfig, wantsIndex) = (parsed.GetValue(config), parsed.GetValue(index));
                if (wantsConfig && wantsIndex) throw new UsageException("--config and --index exclude each other");
                var which = wantsConfig ? RawDocument.Config
                    : wantsIndex ? RawDocument.Index
                    : parsed.GetValue(platform) is null ? RawDocument.Top : RawDocument.Manifest;
                var document = await session.Images.ReadRawAsync(parsed.GetRequiredValue(image), which, Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken)
                    .ConfigureAwait(false);
                // Piped on, it has the digest that it should have; on a terminal, the prompt wants a line of its own.
                var stdout = Console.OpenStandardOutput();
                await using (stdout.ConfigureAwait(false))
                {
                    await stdout.WriteAsync(document.Bytes, cancellationToken).ConfigureAwait(false);
                    if (!Console.IsOutputRedirected) stdout.WriteByte((byte)'\n');
                }
                return ExitCode.Done;
            });
    }
}
