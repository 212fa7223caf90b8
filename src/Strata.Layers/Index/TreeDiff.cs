using Strata.Layers.Indexes;

namespace Strata.Layers;

/// <summary>
/// What a container would see change from one image to another. Times are no change: a build that is repeated differs in nothing else.
/// </summary>
public static class TreeDiff
{
    /// <summary>In the order of paths; read while it is asked for.</summary>
    public static IEnumerable<PathChange> Between(LayeredTree before, LayeredTree after)
    {
        var paths = new PairedPaths(before.Layers, after.Layers);
        while (paths.Next())
        {
            if (paths.IsSame) continue;
            var old = before.EntryOf(paths.Before, paths.StatesBefore, paths.Path);
            var now = after.EntryOf(paths.After, paths.StatesAfter, paths.Path);
            if (Kind(before, old, after, now) is { } kind) yield return new PathChange((now ?? old)!.Entry.Path, kind, old, now);
        }
    }

    private static ChangeKind? Kind(LayeredTree before, TreeEntry? old, LayeredTree after, TreeEntry? now) => (old, now) switch
    {
        (null, null) => null,
        (null, _) => ChangeKind.Added,
        (_, null) => ChangeKind.Removed,
        _ => Kind(before.FileOf(old).Entry, after.FileOf(now).Entry),
    };

    private static ChangeKind? Kind(LayerEntry a, LayerEntry b)
    {
        if (a.Type != b.Type || a.Size != b.Size || a.ContentDigest != b.ContentDigest || a.LinkTarget != b.LinkTarget
            || a.DeviceMajor != b.DeviceMajor || a.DeviceMinor != b.DeviceMinor) return ChangeKind.Content;
        return a.Mode != b.Mode || a.Uid != b.Uid || a.Gid != b.Gid || !a.Xattrs.Select(x => x.Key).SequenceEqual(b.Xattrs.Select(x => x.Key), StringComparer.Ordinal)
            ? ChangeKind.Metadata
            : null;
    }
}
