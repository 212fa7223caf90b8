using System.Globalization;
using Strata.Build.Graph;
using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build.Checks.Evidence;

/// <summary>What the layers of an image that was built say of its Dockerfile, in bytes.</summary>
internal sealed class LayerEvidence(BuildSession session)
{
    /// <summary>Less than that is not worth a word.</summary>
    private const long Least = 256 * 1024;

    private readonly CheckOptions _rules = CheckOptions.Parse(session.Dockerfile.Written.Directives.Check);
    private readonly List<BuildWarning> _warnings = [];

    public async Task<IReadOnlyList<BuildWarning>> CheckAsync(StageState state, CancellationToken cancellationToken)
    {
        var indexes = new List<LayerIndex>();
        for (var i = 0; i < state.Layers.Count; i++)
        {
            if (await IndexOfAsync(state.Layers[i], cancellationToken).ConfigureAwait(false) is not { } index) break;
            if (state.Layers[i].Line > 0)
            {
                Removals(state, i, index, indexes);
                Caches(state.Layers[i], index);
            }
            indexes.Add(index);
        }
        if (_rules.Wants(CheckRule.SecretInHistory)) _warnings.AddRange(SecretEvidence.Find(session, state));
        return [.. _warnings.OrderBy(w => w.Line)];
    }

    /// <summary>What a RUN wrote was not looked into yet; whoever asks for its files next would do it.</summary>
    private async Task<LayerIndex?> IndexOfAsync(BuiltLayer layer, CancellationToken cancellationToken)
    {
        if (LayerIndex.TryLoad(session.Store.Layers, layer.DiffId) is { } known) return known;
        if (layer.Line == 0) return null;
        await session.Images.PrepareLayerAsync(layer.Descriptor, layer.DiffId, unpack: false, cancellationToken).ConfigureAwait(false);
        return LayerIndex.TryLoad(session.Store.Layers, layer.DiffId);
    }

    /// <summary>What a layer takes away of those below weighs as much as before.</summary>
    private void Removals(StageState state, int layer, LayerIndex index, List<LayerIndex> below)
    {
        var gone = index.Entries.Where(e => e.Whiteout != Whiteout.None).ToArray();
        if (gone.Length == 0 || !_rules.Wants(CheckRule.RemovalFreesNothing)) return;
        var tree = new LayeredTree(below);
        var bytes = new SortedDictionary<int, (long Bytes, string Path)>();
        foreach (var entry in gone) Weigh(tree, entry.Path, bytes);
        foreach (var (from, (size, path)) in bytes.Where(b => b.Value.Bytes >= Least))
        {
            var line = state.Layers[from].Line;
            var where = line > 0 ? $"the layer of line {line.ToString(CultureInfo.InvariantCulture)}" : "the base image";
            Add(CheckRule.RemovalFreesNothing, state.Layers[layer].Line, $"Removing frees nothing: {Text(size)} of /{path} stay in {where}; remove them in the step that brings them");
        }
    }

    private static void Weigh(LayeredTree tree, string path, SortedDictionary<int, (long Bytes, string Path)> bytes)
    {
        if (tree.Find(path) is not { } found) return;
        if (found.Entry.Type == EntryType.File)
        {
            var before = bytes.GetValueOrDefault(found.Layer);
            bytes[found.Layer] = (before.Bytes + found.Entry.Size, before.Path is null ? path : Common(before.Path, path));
        }
        if (found.Entry.Type == EntryType.Directory)
            foreach (var child in tree.Children(path)) Weigh(tree, child.Entry.Path, bytes);
    }

    private void Caches(BuiltLayer layer, LayerIndex index)
    {
        if (!_rules.Wants(CheckRule.PackageCacheLeft)) return;
        foreach (var cache in PackageCache.All)
        {
            var size = index.Entries.Where(e => e.Type == EntryType.File && e.Whiteout == Whiteout.None && cache.Has(e.Path)).Sum(e => e.Size);
            if (size >= Least) Add(CheckRule.PackageCacheLeft, layer.Line, $"{Text(size)} of {cache.Name} are left in the layer; {cache.Advice}");
        }
    }

    private void Add(CheckRule rule, int line, string detail) => _warnings.Add(new BuildWarning(rule.ToString(), rule.Description(), detail, session.Dockerfile.Source.Name, line));

    /// <summary>The folder that two paths are in.</summary>
    private static string Common(string one, string other)
    {
        while (one.Length > 0 && one != other && !other.StartsWith(one + "/", StringComparison.Ordinal)) one = Dockerfiles.SlashPath.Parent(one);
        return one;
    }

    private static string Text(long bytes) => bytes >= 1_000_000_000 ? $"{(bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture)}GB"
        : bytes >= 1_000_000 ? $"{(bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture)}MB" : $"{(bytes / 1000).ToString(CultureInfo.InvariantCulture)}kB";
}
