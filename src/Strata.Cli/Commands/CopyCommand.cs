using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Images.Transports;

namespace Strata.Cli.Commands;

internal static class CopyCommand
{
    private const string Places = "REF, oci:DIR[:TAG], oci-archive:FILE[:TAG], docker-archive:FILE[:NAME:TAG]";

    public static Command Create()
    {
        var source = new Argument<string>("SRC") { Description = $"{Places}. A REF is the store's image if it has it, else its registry's" }.OfImages();
        var target = new Argument<string>("DST") { Description = $"{Places}. A REF that names a registry is pushed there, another is for the store" };
        var platform = Arguments.PlatformOption();
        var all = new Option<bool>("--all-platforms", "--all", "-a") { Description = "The whole index with all its platforms" };
        return new Command("copy", "Copy an image between registries, the store, OCI layouts and archives, byte for byte") { source, target, platform, all }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var (from, to) = (ImageLocation.Parse(parsed.GetRequiredValue(source)), ImageLocation.Parse(parsed.GetRequiredValue(target)));
                var options = new CopyOptions { Platform = Arguments.ToPlatform(parsed.GetValue(platform)), AllPlatforms = parsed.GetValue(all) };
                if (options is { Platform: not null, AllPlatforms: true }) throw new UsageException("--platform and --all-platforms exclude each other");
                var result = await TransferDisplay.RunAsync(session, $"Copying {parsed.GetValue(source)} to {parsed.GetValue(target)}",
                    progress => session.Images.CopyAsync(from, to, options, progress, cancellationToken)).ConfigureAwait(false);
                session.Output.Object(new JsonObject
                {
                    ["source"] = parsed.GetValue(source),
                    ["target"] = parsed.GetValue(target),
                    ["digest"] = result.Digest.ToString(),
                    ["mediaType"] = result.MediaType,
                    ["transferred"] = result.TransferredBytes,
                    ["reused"] = result.ReusedBytes,
                }, asText: () =>
                {
                    if (!session.Output.IsQuiet)
                        Console.Error.WriteLine($"{Sizes.Text(result.TransferredBytes)} moved, {Sizes.Text(result.ReusedBytes)} there already");
                    Console.Out.WriteLine(result.Digest);
                });
                return ExitCode.Done;
            });
    }
}
