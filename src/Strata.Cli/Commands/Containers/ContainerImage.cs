using Strata.Cli.Rendering;
using Strata.Containers;
using Strata.Images;
using Strata.Oci;

namespace Strata.Cli.Commands.Containers;

/// <summary>Finds the image that a container shall be made from, and brings it when it is not here.</summary>
internal static class ContainerImage
{
    /// <param name="pull">always, missing or never.</param>
    public static async Task<(ImageUse Use, ImageConfig Config)> FindAsync(Session session, string name, string? platformText, string pull, CancellationToken cancellationToken)
    {
        if (pull is not ("always" or "missing" or "never")) throw new UsageException($"invalid pull option: '{pull}': must be one of \"always\", \"missing\" or \"never\"");
        var platform = Arguments.ToPlatform(platformText);
        var found = pull == "always" ? null : TryInspect(session, name, platform);
        if (found is null)
        {
            if (pull == "never") throw new CommandException($"No such image: {name}", "bring it with: strata pull, or leave --pull never out");
            found = await PullAsync(session, name, platform, cancellationToken).ConfigureAwait(false);
        }
        await session.Images.UnpackAsync(found, cancellationToken).ConfigureAwait(false);
        var use = new ImageUse
        {
            Name = name,
            Id = found.Id,
            Manifest = found.ManifestDescriptor.Digest,
            DiffIds = [.. found.Layers.Select(l => l.DiffId)],
            Platform = found.Config.Platform.ToString(),
        };
        return (use, found.Config);
    }

    private static async Task<ImageDetails> PullAsync(Session session, string name, Platform? platform, CancellationToken cancellationToken)
    {
        var reference = Arguments.ToReference(name);
        if (!session.Output.IsQuiet) await Console.Error.WriteLineAsync($"Unable to find image '{reference.Familiar}' locally").ConfigureAwait(false);
        await TransferDisplay.RunAsync(session, $"Pulling {reference.Familiar}",
            progress => session.Images.PullAsync(reference, new PullOptions { Platform = platform }, progress, cancellationToken)).ConfigureAwait(false);
        return session.Images.Inspect(name, platform);
    }

    /// <summary>Null when there is none of that name, or not for that platform.</summary>
    private static ImageDetails? TryInspect(Session session, string name, Platform? platform)
    {
        try
        {
            return session.Images.Inspect(name, platform);
        }
        catch (ImageException e) when (e.Message.StartsWith("No such image", StringComparison.Ordinal) || platform is not null)
        {
            return null;
        }
    }
}
