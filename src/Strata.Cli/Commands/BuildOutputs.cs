using Strata.Build;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Images.Transports;

namespace Strata.Cli.Commands;

/// <summary>Brings what was built to where it shall go besides the store.</summary>
internal sealed class BuildOutputs(Session session, BuiltImage image)
{
    public async Task WriteAsync(BuildOutput output, CancellationToken cancellationToken)
    {
        switch (output.Kind)
        {
            case BuildOutputKind.Local:
                await session.Builder.ExportFolderAsync(image, Path.GetFullPath(output.Target!), output.SplitsPlatforms, cancellationToken).ConfigureAwait(false);
                break;
            case BuildOutputKind.Tar:
                await ToFileAsync(output.Target!, stream => session.Builder.ExportTarAsync(image, stream, output.SplitsPlatforms, cancellationToken)).ConfigureAwait(false);
                break;
            case BuildOutputKind.Oci:
                await OciAsync(output, cancellationToken).ConfigureAwait(false);
                break;
            case BuildOutputKind.Docker when output.Target is { } target:
                if (image.Platforms.Count > 1) throw new CommandException("docker's archives hold one platform", "choose with --platform, or write type=oci");
                string[] names = image.Names.Count > 0 ? [.. image.Names.Select(n => n.ToString())] : [image.Digest.ToString()];
                await ToFileAsync(target, stream => session.Images.SaveAsync(names, stream, progress: null, cancellationToken)).ConfigureAwait(false);
                break;
            default:
                break;
        }
        if (output.IsPushed) await PushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task PushAsync(CancellationToken cancellationToken)
    {
        if (image.Names.Count == 0) throw new CommandException("what was built has no name to push it under", "give one: -t HOST/NAME:TAG");
        foreach (var name in image.Names)
            await TransferDisplay.RunAsync(session, $"Pushing {name.Familiar}", progress => session.Images.PushAsync(name, progress, cancellationToken)).ConfigureAwait(false);
    }

    private async Task OciAsync(BuildOutput output, CancellationToken cancellationToken)
    {
        var source = ImageLocation.Parse($"store://{(image.Names.Count > 0 ? image.Names[0].ToString() : image.Digest.ToString())}");
        var tag = image.Names.Count > 0 ? image.Names[0].Tag : null;
        if (!output.IsToStandardOutput)
        {
            await CopyAsync(new ImageLocation(output.IsTar ? LocationKind.OciArchive : LocationKind.OciFolder, Path.GetFullPath(output.Target!), tag, null)).ConfigureAwait(false);
            return;
        }
        // An archive appears whole or not at all, and so it cannot be a pipe itself.
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await CopyAsync(new ImageLocation(LocationKind.OciArchive, file, tag, null)).ConfigureAwait(false);
            var content = File.OpenRead(file);
            await using (content.ConfigureAwait(false)) await ToFileAsync("-", stream => content.CopyToAsync(stream, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(file);
        }
        Task CopyAsync(ImageLocation target) => session.Images.CopyAsync(source, target, new CopyOptions(), progress: null, cancellationToken);
    }

    private static async Task ToFileAsync(string path, Func<Stream, Task> write)
    {
        if (path == "-" && !Console.IsOutputRedirected) throw new UsageException("an archive is not written to a terminal", "write dest=FILE, or redirect the output");
        var stream = path == "-" ? Console.OpenStandardOutput() : File.Create(path);
        await using (stream.ConfigureAwait(false)) await write(stream).ConfigureAwait(false);
    }
}
