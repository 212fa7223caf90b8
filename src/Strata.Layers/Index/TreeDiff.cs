using Strata.Layers.Indexes;
using Strata.Layers.Tar;

namespace Strata.Layers;

/// <summary>
/// What a container would see change from one image to another. Times are no change: a build that is repeated differs in nothing else.
/// </summary>
public static class TreeDiff
{
    /// <summary>In the order of paths; read while it is asked for.</summary>
    public static IEnumerable<PathChange> Between(LayeredTree before, LayeredTree after)
    {
        using var old = before.All().GetEnumerator();
        using var now = after.All().GetEnumerator();
        var hasOld = old.MoveNext();
        var hasNow = now.MoveNext();
        while (hasOld || hasNow)
        {
            var order = !hasOld ? 1 : !hasNow ? -1 : PathOrder.Compare(PathText.Encode(old.Current.Entry.Path), PathText.Encode(now.Current.Entry.Path));
            if (order < 0) yield return new PathChange(old.Current.Entry.Path, ChangeKind.Removed, old.Current, null);
            else if (order > 0) yield return new PathChange(now.Current.Entry.Path, ChangeKind.Added, null, now.Current);
            else if (Kind(before.FileOf(old.Current).Entry, after.FileOf(now.Current).Entry) is { } kind)
                yield return new PathChange(now.Current.Entry.Path, kind, old.Current, now.Current);
            if (order <= 0) hasOld = old.MoveNext();
            if (order >= 0) hasNow = now.MoveNext();
        }
    }

    private static ChangeKind? Kind(LayerEntry a, LayerEntry b)
    {
        if (a.Type != b.Type || a.Size != b.Size || a.ContentDigest != b.ContentDigest || a.LinkTarget != b.LinkTarget
            || a.DeviceMajor != b.DeviceMajor || a.DeviceMinor != b.DeviceMinor) return ChangeKind.Content;
        return a.Mode != b.Mode || a.Uid != b.Uid || a.Gid != b.Gid || !a.Xattrs.Select(x => x.Key).SequenceEqual(b.Xattrs.Select(x => x.Key), StringComparer.Ordinal)
            ? ChangeKind.Metadata
            : null;
    }
}
