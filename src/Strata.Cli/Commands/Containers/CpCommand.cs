using System.CommandLine;
using Strata.Cli.Rendering;
using Strata.Containers.Files;

namespace Strata.Cli.Commands.Containers;

internal static class CpCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "CONTAINER:PATH, a path of the host, or - for a tar from standard input" };
        var target = new Argument<string>("TARGET") { Description = "A path of the host, CONTAINER:PATH, or - for a tar to standard output" };
        var archive = new Option<bool>("--archive", "-a") { Description = "Keep owners" };
        var follow = new Option<bool>("--follow-link", "-L") { Description = "Copy what a link at the end of the source leads to" };
        return new Command("cp", "Copy files between a container and the host") { source, target, archive, follow }.Does(async (parsed, session, cancellationToken) =>
        {
            var (from, to) = (Place.Of(parsed.GetRequiredValue(source)), Place.Of(parsed.GetRequiredValue(target)));
            if (from.Container is not null && to.Container is not null) throw new UsageException("copying between containers is not supported");
            var options = new CopyOptions { KeepOwners = parsed.GetValue(archive), FollowLink = parsed.GetValue(follow) };
            var container = from.Container ?? to.Container ?? throw new UsageException("must specify at least one container source", "write CONTAINER:PATH");
            var bytes = await session.Containers.WithFilesAsync(container, (record, root) => from.Container is not null
                ? OutAsync(new CopyEnd(root, from.Path, container), to.Path, options, cancellationToken)
                : InAsync(from.Path, new CopyEnd(root, to.Path, container), options, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (bytes is { } copied && !session.Output.IsQuiet)
                await Console.Error.WriteLineAsync($"Successfully copied {Sizes.Text(copied)} to {(to.Container is null ? Path.GetFullPath(to.Path) : $"{to.Container}:{to.Path}")}").ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static async Task<long?> OutAsync(CopyEnd from, string to, CopyOptions options, CancellationToken cancellationToken)
    {
        if (to != "-") return await FileCopy.CopyAsync(from, OfHost(to), options, cancellationToken).ConfigureAwait(false);
        if (!Console.IsOutputRedirected) throw new UsageException("refusing to write a tar to a terminal", "redirect standard output, or name a path");
        var output = Console.OpenStandardOutput();
        await using (output.ConfigureAwait(false)) FileCopy.WriteTar(from, output, options, cancellationToken);
        return null;
    }

    private static async Task<long?> InAsync(string from, CopyEnd to, CopyOptions options, CancellationToken cancellationToken)
    {
        if (from != "-") return await FileCopy.CopyAsync(OfHost(from), to, options, cancellationToken).ConfigureAwait(false);
        var input = Console.OpenStandardInput();
        await using (input.ConfigureAwait(false)) await FileCopy.ExtractTarAsync(input, to, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Made absolute, with what stands at its end: it has a meaning.</summary>
    private static CopyEnd OfHost(string path)
    {
        var end = path.EndsWith("/.", StringComparison.Ordinal) || path == "." ? "/." : path.EndsWith('/') ? "/" : "";
        return new CopyEnd("/", Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + end);
    }

    /// <param name="Container">Null: a path of the host.</param>
    private sealed record Place(string? Container, string Path)
    {
        /// <summary>A name before a colon is a container; a path that begins with a slash or a dot never has one.</summary>
        public static Place Of(string text)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (text.StartsWith('/') || text.StartsWith('.') || colon <= 0 || text.AsSpan(0, colon).Contains('/')) return new Place(null, text);
            return new Place(text[..colon], text[(colon + 1)..] is { Length: > 0 } path ? path : throw new UsageException($"{text} has no path behind the colon"));
        }
    }
}
