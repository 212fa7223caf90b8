using Strata.Images.Bases;
using Strata.Oci;

namespace Strata.Images;

/// <summary>
/// Says which image another one was made from: the one that its annotations name, if that is among the candidates; else the candidate with
/// the most of its first layers; else what the annotations name, without knowing where it ends. Of several with the same layers, the one
/// whose history the image's goes on with, then the one that the annotations name, then one that has a name, then the first by name.
/// </summary>
public static class BaseChoice
{
    /// <param name="image">What was made.</param>
    /// <param name="candidates">Images at hand whose layers are its first.</param>
    /// <returns>Null when none of this finds one.</returns>
    public static ImageBase? Of(ImageDetails image, IEnumerable<BaseCandidate> candidates)
    {
        var told = BaseAnnotations.Of(image);
        var all = candidates
            .OrderByDescending(c => c.Layers)
            .ThenByDescending(c => c.HistoryEntries ?? 0)
            .ThenByDescending(told.IsName)
            .ThenByDescending(c => c.Names.Count > 0)
            .ThenBy(c => c.Shown, StringComparer.Ordinal).ToArray();
        if (!told.IsEmpty && Array.Find(all, told.Mean) is { } meant) return Base(image, meant, BaseFoundBy.Annotation, others: []).Named(told.Name);
        if (all.Length > 0)
        {
            var others = all.Skip(1).Where(c => c.Layers == all[0].Layers).Select(c => c.Shown).ToArray();
            return Base(image, all[0], BaseFoundBy.Layers, others) with { AlsoAnnotated = told.IsName(all[0]) ? null : told.Name };
        }
        return told.IsEmpty ? null : new ImageBase { Name = told.Name ?? told.Digest!.Value.Short, Digest = told.Digest, FoundBy = BaseFoundBy.Annotation }.Named(told.Name);
    }

    internal static ImageBase Base(ImageDetails image, BaseCandidate found, BaseFoundBy by, IReadOnlyList<string> others) => new()
    {
        Name = found.Shown,
        Reference = found.Names.OrderBy(n => n.Familiar, StringComparer.Ordinal).FirstOrDefault(),
        Digest = found.Manifest,
        Layers = found.Layers,
        HistoryEntries = found.HistoryEntries ?? EntriesOf(image.Config.History ?? [], found.Layers),
        FoundBy = by,
        Others = others,
    };

    /// <summary>Entries up to the one that made the last of so many layers.</summary>
    private static int EntriesOf(IReadOnlyList<HistoryEntry> history, int layers)
    {
        var entries = 0;
        for (var made = 0; entries < history.Count && made < layers; entries++)
            if (!history[entries].EmptyLayer) made++;
        return entries;
    }
}
