using Strata.Build.Cache;
using Strata.Build.Dockerfiles;
using Strata.Build.Steps;
using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build.Graph;

internal sealed partial class StageBuilder
{
    private async Task CopyAsync(StageState state, CopyInstruction written, StepLog.RunningStep step, CancellationToken cancellationToken)
    {
        var copy = Expanded(state, written);
        var mode = Mode(copy);
        CheckChecksum(copy);
        var target = Target(state, copy.Target);
        var history = History(copy);
        var sources = await SourcesAsync(state, copy, cancellationToken).ConfigureAwait(false);
        var files = StepContent.Of(sources);
        var newest = Math.Max(state.Newest, StepContent.Newest(sources));
        using var key = (copy.IsLinked ? new CacheKey().Add("linked") : NewKey(state, copy.Line.Name)).Add(copy.Sources).Add(target).Add(copy.Chown).Add(copy.Chmod)
            .Add(copy.Excludes).Add(copy.WithParents ? "parents" : "").Add(copy.Unpacks?.ToString()).Add(session.Options.Epoch?.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Add(files.SelectMany(f => (string[])[f.Key, f.Value])).Add(sources.Select(s => s.Name));
        await CachedAsync(state, new StepInputs(key.Finish(), history, newest, files, copy.Line.StartLine), step,
            () => MakeCopyAsync(state, copy, mode, target, sources, session.Options.Epoch ?? newest, cancellationToken), cancellationToken).ConfigureAwait(false);
        state.AddHistory(history, hasLayer: true, hasMark: true, session.Options.Epoch);
    }

    private async Task<WrittenLayer> MakeCopyAsync(
        StageState state, CopyInstruction copy, ModeChange? mode, string target, IReadOnlyList<CopySource> sources, long latest, CancellationToken cancellationToken)
    {
        var image = await session.TreeAsync(state.Layers, cancellationToken).ConfigureAwait(false);
        var owner = copy.Chown.Length == 0 ? null : await new OwnerLookup(image).FindAsync(copy.Chown, cancellationToken).ConfigureAwait(false);
        var rules = new CopyRules(owner, mode, latest);
        // A linked layer knows nothing of what is below it, so that it can be put on something else.
        var layer = new PendingLayer(copy.IsLinked ? new LooseTree() : image);
        var copier = new Copier(layer, rules);
        foreach (var source in sources)
        {
            if (MayUnpack(copy, source) && source.Root is { Type: EntryType.File, Size: > 0 })
            {
                await source.Tree.PrepareAsync([source.Root], cancellationToken).ConfigureAwait(false);
                if (await new ArchiveUnpacker(layer, rules, session.Work).TryUnpackAsync(source.Tree, source.Root, target, cancellationToken).ConfigureAwait(false)) continue;
            }
            copier.Copy(source, target);
        }
        return await layer.WriteAsync(session.Store, session.Options.Compression, cancellationToken).ConfigureAwait(false);
    }

    private static bool MayUnpack(CopyInstruction copy, CopySource source) => copy.IsAdd && (copy.Unpacks ?? source.Tree is FolderTree) && !source.IsWhole;

    private CopyInstruction Expanded(StageState state, CopyInstruction copy)
    {
        string Word(string word) => word.Length == 0 ? word : state.Expand(session.Expander, copy, word);
        var plain = new WordExpander('\\') { QuotesArePlain = true };
        return copy with
        {
            Sources = [.. copy.Sources.Select(Word)],
            Files = [.. copy.Files.Select(f => f.Expands ? f with { Content = state.Expand(plain, copy, f.Content) } : f)],
            Target = Word(copy.Target),
            Chown = Word(copy.Chown),
            Chmod = Word(copy.Chmod),
            Checksum = Word(copy.Checksum),
            Excludes = [.. copy.Excludes.Select(Word)],
        };
    }

    private static ModeChange? Mode(CopyInstruction copy)
    {
        try
        {
            return copy.Chmod.Length == 0 ? null : ModeChange.Parse(copy.Chmod);
        }
        catch (FormatException e)
        {
            throw copy.Line.Fault(e.Message, "--chmod", inner: e);
        }
    }

    private static void CheckChecksum(CopyInstruction copy)
    {
        if (copy.Checksum.Length == 0) return;
        if (copy.Sources.Count != 1) throw copy.Line.Fault("checksum can't be specified for multiple sources", "--checksum");
        if (!RemoteFile.IsUrl(copy.Sources[0]) && GitSource.TryParse(copy.Sources[0]) is null) throw copy.Line.Fault("checksum requires HTTP(S) or Git sources", "--checksum");
    }

    /// <summary>Absolute; a slash at its end says that it is a folder.</summary>
    private static string Target(StageState state, string text)
    {
        var isFolder = text is "" or "." || text.EndsWith('/') || text.EndsWith("/.", StringComparison.Ordinal);
        var path = SlashPath.Rooted(text.StartsWith('/') ? text : $"{state.Container.WorkingDir}/{text}");
        return path.Length == 0 ? "/" : $"/{path}{(isFolder ? "/" : "")}";
    }

    private static string History(CopyInstruction copy) => string.Concat(
        copy.IsAdd ? "ADD" : "COPY",
        copy.WithParents ? " --parents" : "",
        copy.Chown.Length > 0 ? $" --chown={copy.Chown}" : "",
        copy.Chmod.Length > 0 ? $" --chmod={copy.Chmod}" : "",
        string.Concat(copy.Sources.Select(s => " " + s)),
        string.Concat(copy.Files.Select(f => " <<" + f.Name)),
        " " + copy.Target);

    private async Task<IReadOnlyList<CopySource>> SourcesAsync(StageState state, CopyInstruction copy, CancellationToken cancellationToken)
    {
        var sources = new List<CopySource>();
        FileTree? tree = null;
        foreach (var word in copy.Sources)
        {
            if (session.Options.OnlyCached && (RemoteFile.IsUrl(word) || GitSource.TryParse(word) is not null)) throw new NotCachedException();
            if (GitSource.TryParse(word) is { } git)
            {
                if (!copy.IsAdd) throw copy.Line.Fault("source can't be a git ref for COPY", word, "ADD fetches repositories");
                sources.AddRange(await RemoteFile.CheckOutAsync(git, copy, session, cancellationToken).ConfigureAwait(false));
            }
            else if (RemoteFile.IsUrl(word))
            {
                if (!copy.IsAdd) throw copy.Line.Fault("source can't be a URL for COPY", word, "ADD fetches files");
                sources.Add(await RemoteFile.FetchAsync(word, copy, session, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                tree ??= copy.From is { } from ? await FromAsync(copy, from, cancellationToken).ConfigureAwait(false) : session.Context.Tree;
                sources.AddRange(new SourceFinder(tree, copy.Excludes, copy.WithParents).Find(word));
            }
        }
        foreach (var file in copy.Files)
        {
            var loose = new LooseTree().Add(file.Name, 0x1A4, System.Text.Encoding.UTF8.GetBytes(file.Content), new UnixTime(session.Options.Epoch ?? state.Newest, 0));
            sources.AddRange(new SourceFinder(loose, [], withParents: false).Find(file.Name));
        }
        return sources;
    }

    private async Task<FileTree> FromAsync(CopyInstruction copy, string from, CancellationToken cancellationToken)
    {
        if (session.Expander.Text(from, new Dictionary<string, string>(StringComparer.Ordinal)) != from)
            throw copy.Line.Fault("variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround", from);
        return await build.SourceAsync(from, plan, cancellationToken).ConfigureAwait(false);
    }
}
