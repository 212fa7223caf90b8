using System.Globalization;
using Strata.Build.Dockerfiles;
using Strata.Layers;

namespace Strata.Build.Steps;

/// <summary>What counts of the files that a step takes in: path, type, mode, owner and content, and not when they were written.</summary>
internal static class StepContent
{
    /// <summary>For each path, a text that differs when what counts of it differs.</summary>
    public static SortedDictionary<string, string> Of(IReadOnlyList<CopySource> sources)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var (path, node) in source.Items)
            {
                var what = node.Type switch
                {
                    EntryType.File => source.Tree.ContentOf(node).Hex,
                    EntryType.Symlink => node.LinkTarget!,
                    EntryType.CharacterDevice or EntryType.BlockDevice => $"{node.DeviceMajor}:{node.DeviceMinor}",
                    _ => "",
                };
                var place = SlashPath.Join(source.Root.Path, path);
                all[place.Length == 0 ? "/" : place] = string.Create(CultureInfo.InvariantCulture, $"{node.Type} {node.Mode:x} {node.Uid}:{node.Gid} {what}");
            }
        }
        return all;
    }

    /// <summary>The newest time of a file, in seconds since 1970. Folders change when something is done to a file, and say nothing.</summary>
    public static long Newest(IReadOnlyList<CopySource> sources) =>
        sources.SelectMany(s => s.Items).Where(i => !i.Node.IsFolder).Select(i => i.Node.Modified.Seconds).DefaultIfEmpty(0).Max();
}
